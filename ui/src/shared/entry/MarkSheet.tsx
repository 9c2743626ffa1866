import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBackend } from '../../ipc/BackendContext';
import type { OutboxEntry } from '../../ipc/bindings';
import { CommitActions } from '../ui/CommitActions';
import { Failure } from '../ui/Failure';
import { NoteField } from '../ui/NoteField';
import { Sheet } from '../ui/Sheet';
import { useAction } from '../useAction';

interface Props {
  entry: OutboxEntry;
  /** What the person says: that it was done, or that it was not. */
  done: boolean;
  onClose: () => void;
}

/** Asks how the person knows whether a decision was carried out, and settles it on their word. Nothing is sent. */
export function MarkSheet({ entry: { opId, title }, done, onClose }: Props) {
  const { t } = useTranslation();
  const backend = useBackend();
  const [reason, setReason] = useState('');
  const mark = useAction(
    useCallback(
      () => (done ? backend.markApplied(opId, reason) : backend.markNotApplied(opId, reason)),
      [backend, opId, done, reason],
    ),
  );
  const commit = async () => {
    if (await mark.run()) onClose();
  };
  const atReason = mark.refusal?.field === 'reason' ? mark.refusal : null;
  return (
    <Sheet
      title={t(done ? 'outbox.mark.title' : 'outbox.mark.notTitle')}
      isOpen
      onClose={onClose}
      data-testid="mark-sheet"
      actions={
        <CommitActions
          label={t(done ? 'outbox.mark.confirm' : 'outbox.mark.notConfirm')}
          busy={mark.busy}
          onCommit={() => void commit()}
          onCancel={onClose}
        />
      }
    >
      <p>{t(done ? 'outbox.mark.words' : 'outbox.mark.notWords', { title })}</p>
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
