import { useTranslation } from 'react-i18next';
import type { OutboxEntry } from '../../ipc/bindings';
import { exact } from '../../shared/time';
import { fieldName } from '../../shared/ui/fieldName';
import styles from './Outbox.module.css';

/** The note, what the server did otherwise than predicted, and every attempt; folded away until asked for. */
export function EntryDetails({ entry: { note, differences, history } }: { entry: OutboxEntry }) {
  const { t } = useTranslation();
  if (note === null && differences.length === 0 && history.length === 0) return null;
  return (
    <details className={styles.across} open={differences.length > 0}>
      <summary className={styles.summary}>
        {differences.length > 0
          ? t('outbox.differences', { count: differences.length })
          : t('outbox.details')}
      </summary>
      <div className={styles.details} data-selectable>
        {note !== null && (
          <p>
            <span className={styles.second}>{t('outbox.note')}</span> {note}
          </p>
        )}
        {differences.map(([path, predicted, actual]) => (
          <p key={path}>
            <span className={styles.second}>{fieldName(t, path)}</span>{' '}
            {t('outbox.difference', { predicted: predicted || '—', actual: actual || '—' })}
          </p>
        ))}
        <ol>
          {history.map(({ at, status, outcome }) => (
            <li key={at + outcome}>
              <span className={styles.second}>
                {exact(at)}
                {status !== null && ` · HTTP ${status}`}
              </span>{' '}
              {outcome}
            </li>
          ))}
        </ol>
      </div>
    </details>
  );
}
