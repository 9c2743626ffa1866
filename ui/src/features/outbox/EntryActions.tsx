import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutboxEntry } from '../../ipc/bindings';
import { isSeparation, useOpenEntry } from '../../shared/entry/useOpenEntry';
import { Button } from '../../shared/ui/Button';
import type { Action } from '../../shared/useAction';
import { canUndo, useWithdraw } from '../../shared/useUndo';
import { MarkSheet } from './MarkSheet';
import styles from './Outbox.module.css';
import { ResendSheet } from './ResendSheet';

/** What can be done about a decision where it stands. */
export function EntryActions({ entry, retry }: { entry: OutboxEntry; retry: Action<[]> }) {
  const { t } = useTranslation();
  const withdraw = useWithdraw();
  const open = useOpenEntry();
  const [asking, setAsking] = useState<'mark' | 'resend' | null>(null);
  const close = () => setAsking(null);
  // It may have been done, and nothing at the server is known to refuse it a second time.
  const twice = isSeparation(entry) && entry.state === 'needs_person' && entry.attempts > 0;
  const { opId, canWithdraw, canRetry, canMarkApplied, canEdit } = entry;
  return (
    <div className={styles.actions}>
      {canWithdraw && (
        <Button look="quiet" onPress={() => void withdraw(entry)} data-testid="outbox-withdraw">
          {t(canUndo(entry) ? 'undo.label' : 'undo.dismiss')}
        </Button>
      )}
      {canRetry && (
        <Button
          isDisabled={retry.busy}
          onPress={() => (twice ? setAsking('resend') : void retry.run())}
          data-testid="outbox-retry"
        >
          {t(entry.attempts === 0 ? 'outbox.sendNow' : twice ? 'outbox.sendAgainAsk' : 'outbox.sendAgain')}
        </Button>
      )}
      {canMarkApplied && (
        <Button onPress={() => setAsking('mark')} data-testid={`outbox-mark-applied-${opId}`}>
          {t('outbox.wasDone')}
        </Button>
      )}
      {canEdit && (
        <Button onPress={() => void open(entry)} data-testid={`outbox-edit-${opId}`}>
          {t('outbox.edit')}
        </Button>
      )}
      {!isSeparation(entry) && (
        <Button look="quiet" onPress={() => void open(entry)} data-testid="outbox-open">
          {t('outbox.open')}
        </Button>
      )}
      {asking === 'mark' && <MarkSheet entry={entry} onClose={close} />}
      {asking === 'resend' && <ResendSheet entry={entry} retry={retry} onClose={close} />}
    </div>
  );
}
