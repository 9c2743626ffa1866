import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useBackend } from '../../ipc/BackendContext';
import { Button } from '../../shared/ui/Button';
import { Failure } from '../../shared/ui/Failure';
import { Sheet } from '../../shared/ui/Sheet';
import { useAction } from '../../shared/useAction';
import { useEditor, useView } from './EditorContext';

/** Asks before a draft is thrown away. */
export function DiscardSheet({ onClose, onDiscarded }: { onClose: () => void; onDiscarded: () => void }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const editor = useEditor();
  const { name } = useView();
  const call = useCallback(async () => {
    await editor.settled();
    await backend.separationDiscard(editor.contactId);
    onDiscarded();
  }, [backend, editor, onDiscarded]);
  const { run, busy, refusal } = useAction(call);
  return (
    <Sheet
      title={t('separation.discardTitle', { name })}
      isOpen
      onClose={onClose}
      data-testid="discard-sheet"
      actions={
        <>
          <Button command="escape" onPress={onClose}>
            {t('separation.keepDraft')}
          </Button>
          <Button look="danger" isDisabled={busy} onPress={() => void run()} data-testid="discard-confirm">
            {t('separation.discard')}
          </Button>
        </>
      }
    >
      <p>{t('separation.discardWords')}</p>
      {refusal && <Failure refusal={refusal} />}
    </Sheet>
  );
}
