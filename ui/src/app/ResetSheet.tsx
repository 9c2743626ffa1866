import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useBackend } from '../ipc/BackendContext';
import { useCommand } from '../shared/keys/useCommand';
import { Button } from '../shared/ui/Button';
import { Failure } from '../shared/ui/Failure';
import { Sheet } from '../shared/ui/Sheet';
import { useAction } from '../shared/useAction';

/** Asks before the sandbox is made anew: everything decided in it goes. */
export function ResetSheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const { run, busy, refusal } = useAction(useCallback(() => backend.resetSandbox(), [backend]));
  const reset = async () => {
    if (await run()) onClose();
  };
  const actions = (
    <>
      <Button onPress={onClose}>{t('cancel')}</Button>
      <Confirm busy={busy} onPress={() => void reset()} />
    </>
  );
  return (
    <Sheet title={t('reset.title')} isOpen={isOpen} onClose={onClose} actions={actions}>
      <p>{t('reset.words')}</p>
      {refusal && <Failure refusal={refusal} />}
    </Sheet>
  );
}

function Confirm({ busy, onPress }: { busy: boolean; onPress: () => void }) {
  const { t } = useTranslation();
  useCommand('commit', onPress);
  return (
    <Button look="danger" command="commit" isDisabled={busy} onPress={onPress} data-testid="commit">
      {t(busy ? 'reset.doing' : 'reset.confirm')}
    </Button>
  );
}
