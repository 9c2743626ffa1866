import { useTranslation } from 'react-i18next';
import { useBackend } from '../../ipc/BackendContext';
import type { OutboxEntry } from '../../ipc/bindings';
import { useReadOnly } from '../../shared/session/useReadOnly';
import { Button } from '../../shared/ui/Button';
import { useSequence } from '../../shared/useSequence';
import styles from './Rehearsal.module.css';

/** Sends what was found as it was decided, without waiting for its time: one after the other. */
export function SendValid({ entries }: { entries: OutboxEntry[] }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const readOnly = useReadOnly();
  const { sequence, start } = useSequence<OutboxEntry>();
  const able = entries.filter(({ canRetry }) => canRetry);
  if (able.length === 0) return null;
  if (!sequence) {
    return (
      <>
        {readOnly !== null && <span className={styles.second}>{readOnly}</span>}
        <Button
          look="lead"
          isDisabled={readOnly !== null}
          onPress={() => void start(able, ({ opId }) => backend.retry(opId))}
          data-testid="rehearsal-send"
        >
          {t('rehearsal.sendAll', { count: able.length })}
        </Button>
      </>
    );
  }
  const { done, total, failed, running } = sequence;
  const words = running
    ? t('rehearsal.sending', { done, total })
    : t('rehearsal.sent', { count: done - failed.length });
  return (
    <div className={styles.sent} role="status" data-testid="rehearsal-sent">
      <p>{words}</p>
      {failed.length > 0 && (
        <>
          <p>{t('rehearsal.sendFailed', { count: failed.length })}</p>
          <ul>
            {failed.map(({ item, refusal }) => (
              <li key={item.opId}>
                {item.title}: {refusal.message}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
