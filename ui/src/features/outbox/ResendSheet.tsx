import { useTranslation } from 'react-i18next';
import type { OutboxEntry } from '../../ipc/bindings';
import { CommitActions } from '../../shared/ui/CommitActions';
import { Failure } from '../../shared/ui/Failure';
import { Sheet } from '../../shared/ui/Sheet';
import type { Action } from '../../shared/useAction';
import styles from './Outbox.module.css';

interface Props {
  entry: OutboxEntry;
  retry: Action<[]>;
  onClose: () => void;
}

/** Asks before something is sent again that may have been done: what could happen then, and what to do first. */
export function ResendSheet({ entry: { title }, retry, onClose }: Props) {
  const { t } = useTranslation();
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
