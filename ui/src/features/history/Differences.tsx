import { useTranslation } from 'react-i18next';
import type { OutboxEntry } from '../../ipc/bindings';
import { fieldName } from '../../shared/ui/fieldName';
import styles from './History.module.css';

/** Fields of a merge in which the server did something else: what was predicted, and what it has. */
export function Differences({ differences }: Pick<OutboxEntry, 'differences'>) {
  const { t } = useTranslation();
  return (
    <table className={styles.differences} data-testid="history-differences" data-selectable>
      <caption>{t('outbox.differences', { count: differences.length })}</caption>
      <thead>
        <tr className={styles.columns}>
          <th scope="col">{t('review.field')}</th>
          <th scope="col">{t('receipt.predicted')}</th>
          <th scope="col">{t('receipt.server')}</th>
        </tr>
      </thead>
      <tbody>
        {differences.map(([path, predicted, actual]) => (
          <tr key={path}>
            <th scope="row">{fieldName(t, path)}</th>
            <td>{predicted || '—'}</td>
            <td>{actual || '—'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
