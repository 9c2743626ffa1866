import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useBackend } from '../../ipc/BackendContext';
import type { OutboxEntry } from '../../ipc/bindings';
import { CommitActions } from '../ui/CommitActions';
import { Failure } from '../ui/Failure';
import { Sheet } from '../ui/Sheet';
import { useAction } from '../useAction';
import styles from './Entry.module.css';

/** Asks before something is sent again that may have been done: what could happen then, and what to do first. */
export function ResendSheet({
  entry: { opId, title },
  onClose,
}: {
  entry: OutboxEntry;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const backend = useBackend();
  const retry = useAction(useCallback(() => backend.retry(opId), [backend, opId]));
  const commit = async () => {
    if (await retry.run()) onClose();
  };
  return (
    <Sheet
      title={t('outbox.resend.title')}
      isOpen
      onClose={onClose}
      data-testid="resend-sheet"
      actions={
        <CommitActions
          label={t('outbox.resend.confirm')}
          busy={retry.busy}
          onCommit={() => void commit()}
          onCancel={onClose}
          testId="resend-confirm"
        />
      }
    >
      <p>{t('outbox.resend.words', { title })}</p>
      <p className={styles.risk}>{t('outbox.resend.risk')}</p>
      <p>{t('outbox.resend.look')}</p>
      {retry.refusal && <Failure refusal={retry.refusal} />}
    </Sheet>
  );
}
