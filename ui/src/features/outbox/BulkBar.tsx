import { useTranslation } from 'react-i18next';
import { useBackend } from '../../ipc/BackendContext';
import type { OutboxEntry } from '../../ipc/bindings';
import { announce } from '../../shared/announce/announce';
import { canUndo } from '../../shared/entryWords';
import { useReadOnly } from '../../shared/session/useReadOnly';
import { toast } from '../../shared/toasts';
import { Button } from '../../shared/ui/Button';
import { Notice } from '../../shared/ui/Notice';
import { type Sequence, useSequence } from '../../shared/useSequence';
import styles from './Outbox.module.css';
import type { Selection } from './useSelection';

/** What can be done with the selected decisions at once; how far it is, and what could not be done. */
export function BulkBar({ selection: { entries, clear } }: { selection: Selection }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const readOnly = useReadOnly();
  const { sequence, start, stop, clear: forget } = useSequence<OutboxEntry>();
  const able = entries.filter(canUndo);
  const rest = entries.length - able.length;
  if (entries.length === 0 && sequence === null) return null;

  const takeBack = async () => {
    const { done, total, failed, left } = await start(able, ({ opId }) => backend.withdraw(opId));
    if (left && done < total) {
      toast({ tone: 'calm', text: t('outbox.bulk.stopped', { done: done - failed.length, total }) });
    }
    if (left || done < total) return;
    announce(t('outbox.bulk.finished', { count: done - failed.length }));
    clear();
    if (failed.length === 0) forget();
  };
  const close = () => {
    clear();
    forget();
  };
  const off =
    readOnly ??
    (able.length === 0 ? t('outbox.bulk.none') : rest > 0 ? t('outbox.bulk.some', { count: rest }) : '');
  return (
    <section className={styles.bulk} aria-label={t('outbox.bulk.bar')} data-testid="outbox-bulk">
      {sequence && <Failed sequence={sequence} />}
      {sequence?.running ? (
        <div className={styles.bulkRow}>
          <progress
            value={sequence.done}
            max={sequence.total}
            aria-label={t('outbox.bulk.progress', { done: sequence.done, total: sequence.total })}
          />
          <span>{t('outbox.bulk.progress', { done: sequence.done, total: sequence.total })}</span>
          <Button isDisabled={sequence.stopping} onPress={stop} data-testid="outbox-bulk-stop">
            {t('outbox.bulk.stop')}
          </Button>
        </div>
      ) : (
        <div className={styles.bulkRow}>
          {entries.length > 0 && (
            <>
              <span role="status">{t('outbox.bulk.selected', { count: entries.length })}</span>
              <Button
                isDisabled={able.length === 0 || readOnly !== null}
                onPress={() => void takeBack()}
                data-testid="outbox-bulk-withdraw"
              >
                {t('outbox.bulk.takeBack', { count: able.length })}
              </Button>
              <span className={styles.second}>{off}</span>
            </>
          )}
          <Button look="quiet" onPress={close} data-testid="outbox-bulk-clear">
            {t(entries.length > 0 ? 'outbox.bulk.clear' : 'close')}
          </Button>
        </div>
      )}
    </section>
  );
}

function Failed({ sequence: { failed, done, total, running } }: { sequence: Sequence<OutboxEntry> }) {
  const { t } = useTranslation();
  const stopped = !running && done < total;
  return (
    <>
      {stopped && <p role="status">{t('outbox.bulk.stopped', { done: done - failed.length, total })}</p>}
      {failed.length > 0 && (
        <Notice tone="alert" live data-testid="outbox-bulk-failed">
          <p>{t('outbox.bulk.failed', { count: failed.length })}</p>
          <ul>
            {failed.map(({ item, refusal }) => (
              <li key={item.opId}>
                {item.title}: {refusal.message}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}
