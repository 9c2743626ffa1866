import { useTranslation } from 'react-i18next';
import { useBackend } from '../../ipc/BackendContext';
import type { OutboxEntry } from '../../ipc/bindings';
import { partOf } from '../../shared/session/parts';
import { useSession, useSessionStore } from '../../shared/session/SessionContext';
import { useReadOnly } from '../../shared/session/useReadOnly';
import { toast } from '../../shared/toasts';
import { Button } from '../../shared/ui/Button';
import { useSequence } from '../../shared/useSequence';
import styles from './Rehearsal.module.css';

/**
 * Whether it stands as it did when it was compared: it waits, and nothing of it has been sent since. Anything else is
 * not early but again, and may ask for more than this sheet does.
 */
function stillWaits(compared: OutboxEntry, now: readonly OutboxEntry[]): boolean {
  const entry = now.find(({ opId }) => opId === compared.opId);
  return (
    entry !== undefined &&
    partOf(entry) === 'waiting' &&
    entry.canRetry &&
    !entry.mayDouble &&
    entry.attempts === compared.attempts
  );
}

/** Sends what was found as it was decided, without waiting for its time: one after the other. */
export function SendValid({ entries }: { entries: OutboxEntry[] }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const readOnly = useReadOnly();
  const { store } = useSessionStore();
  const outbox = useSession((session) => session.outbox);
  const { sequence, start } = useSequence<OutboxEntry>();
  const able = entries.filter((entry) => stillWaits(entry, outbox));

  const send = async () => {
    const { done, total, failed, left } = await start(able, (entry) => {
      // What is sent before it may take a while: it is looked at again when its turn comes.
      if (!stillWaits(entry, store.getState().session?.outbox ?? []))
        return Promise.reject(new Error(t('rehearsal.meanwhile')));
      return backend.retry(entry.opId);
    });
    if (left && done < total)
      toast({ tone: 'calm', text: t('rehearsal.left', { done: done - failed.length, total }) });
  };
  if (!sequence) {
    if (able.length === 0) return null;
    return (
      <>
        {readOnly !== null && <span className={styles.second}>{readOnly}</span>}
        <Button
          look="lead"
          isDisabled={readOnly !== null}
          onPress={() => void send()}
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
