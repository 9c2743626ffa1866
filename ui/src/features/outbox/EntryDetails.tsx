import { useTranslation } from 'react-i18next';
import type { OutboxEntry } from '../../ipc/bindings';
import { Attempts } from '../../shared/entry/Attempts';
import { isOtherwise } from '../../shared/entryWords';
import { Receipt } from '../../shared/receipt/Receipt';
import { fieldName } from '../../shared/ui/fieldName';
import styles from './Outbox.module.css';

/** The note, what the server did beside what was predicted, and every attempt; folded away until asked for. */
export function EntryDetails({ entry }: { entry: OutboxEntry }) {
  const { t } = useTranslation();
  const { note, differences, receipt, history } = entry;
  if (note === null && differences.length === 0 && history.length === 0 && !receipt) return null;
  const head = differences.length > 0 ? t('outbox.differences', { count: differences.length }) : null;
  return (
    <details className={styles.across} open={isOtherwise(entry)}>
      <summary className={styles.summary}>{head ?? t(receipt ? 'receipt.title' : 'outbox.details')}</summary>
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
        {receipt && <Receipt receipt={receipt} />}
        {history.length > 0 && <Attempts attempts={history} />}
      </div>
    </details>
  );
}
