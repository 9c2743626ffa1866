import { useTranslation } from 'react-i18next';
import type { OutboxEntry } from '../../ipc/bindings';
import { Attempts } from '../../shared/entry/Attempts';
import { stateKey } from '../../shared/entryWords';
import { Receipt } from '../../shared/receipt/Receipt';
import { exact } from '../../shared/time';
import { Differences } from './Differences';
import styles from './History.module.css';
import { HistoryActions } from './HistoryActions';

/** Everything about a settled decision: when, why, what the server answered, and the prediction beside it. */
export function HistoryDetails({ entry }: { entry: OutboxEntry }) {
  const { t } = useTranslation();
  const { opId, note, reason, decidedAt, changedAt, differences, receipt, history } = entry;
  return (
    <div className={styles.details} data-testid={`history-details-${opId}`}>
      <dl className={styles.facts} data-selectable>
        <dt>{t('history.decided')}</dt>
        <dd>{exact(decidedAt)}</dd>
        <dt>{t('history.outcome')}</dt>
        <dd>
          {t(stateKey(entry))}, {exact(changedAt)}
          {reason && <p className={styles.second}>{reason}</p>}
        </dd>
        {note !== null && (
          <>
            <dt>{t('history.note')}</dt>
            <dd>{note}</dd>
          </>
        )}
        <dt>{t('history.answers')}</dt>
        <dd>
          <Attempts attempts={history} />
        </dd>
      </dl>
      {differences.length > 0 && <Differences differences={differences} />}
      {receipt && <Receipt receipt={receipt} />}
      <HistoryActions entry={entry} />
    </div>
  );
}
