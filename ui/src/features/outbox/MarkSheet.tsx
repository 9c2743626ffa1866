import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBackend } from '../../ipc/BackendContext';
import type { OutboxEntry } from '../../ipc/bindings';
import { CommitActions } from '../../shared/ui/CommitActions';
import { Failure } from '../../shared/ui/Failure';
import { NoteField } from '../../shared/ui/NoteField';
import { Sheet } from '../../shared/ui/Sheet';
import { useAction } from '../../shared/useAction';

/** Asks how the person knows that a decision was carried out, and settles it on their word. Nothing is sent. */
export function MarkSheet({ entry: { opId, title }, onClose }: { entry: OutboxEntry; onClose: () => void }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const [reason, setReason] = useState('');
  const mark = useAction(useCallback(() => backend.markApplied(opId, reason), [backend, opId, reason]));
  const commit = async () => {
    if (await mark.run()) onClose();
  };
  const atReason = mark.refusal?.field === 'reason' ? mark.refusal : null;
  return (
    <Sheet
      title={t('outbox.mark.title')}
      isOpen
      onClose={onClose}
      data-testid="mark-sheet"
      actions={
        <CommitActions
          label={t('outbox.mark.confirm')}
          busy={mark.busy}
          onCommit={() => void commit()}
          onCancel={onClose}
        />
      }
    >
      <p>{t('outbox.mark.words', { title })}</p>
      <NoteField
        label={t('outbox.mark.reason')}
        value={reason}
        onChange={(text) => {
          setReason(text);
          mark.clear();
        }}
        refusal={atReason}
        testId="mark-reason"
        autoFocus
      />
      {mark.refusal && !atReason && <Failure refusal={mark.refusal} />}
    </Sheet>
  );
}
