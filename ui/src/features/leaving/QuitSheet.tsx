import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useBackend } from '../../ipc/BackendContext';
import type { OutboxEntry, PendingWork } from '../../ipc/bindings';
import { useCommand } from '../../shared/keys/useCommand';
import { countParts } from '../../shared/session/parts';
import { useSessionState, useSessionStore } from '../../shared/session/SessionContext';
import { Button } from '../../shared/ui/Button';
import { Failure } from '../../shared/ui/Failure';
import { Sheet } from '../../shared/ui/Sheet';
import { useAction } from '../../shared/useAction';
import { CloseOver } from './CloseOver';
import styles from './Leaving.module.css';
import { SendingProgress } from './SendingProgress';

const NONE: OutboxEntry[] = [];

/** The window was asked to close over work that is not sent: send it first, go on next time, or stay. */
export function QuitSheet() {
  const { closing } = useSessionState();
  return closing ? <Asking work={closing} /> : null;
}

function Asking({ work }: { work: PendingWork }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const store = useSessionStore();
  const { session } = useSessionState();
  const entries = session?.outbox ?? NONE;
  const parts = countParts(entries);
  const online = session?.status.connection === 'online';
  const send = useAction(useCallback(() => backend.quit('send'), [backend]));
  // Of its own, so that whoever tires of sending can still close.
  const keep = useAction(useCallback(() => backend.quit('keep'), [backend]));
  const stay = () => {
    store.stay();
    // Also while it sends: what is under way is sent, and the window does not close after it.
    backend.quit('stay').catch(() => undefined);
  };
  const refusal = send.refusal ?? keep.refusal;
  const left = parts.waiting + parts.sending;
  const sendOff = !online ? t('leaving.quit.offline') : left === 0 ? t('leaving.quit.noneToSend') : undefined;
  const loses = work.unsaved > 0;
  const actions = (
    <>
      <Button command="escape" onPress={stay} data-testid="quit-stay">
        {t('leaving.quit.stay')}
      </Button>
      <Button
        look={loses ? 'danger' : 'plain'}
        isDisabled={keep.busy}
        onPress={() => void keep.run()}
        data-testid="quit-keep"
      >
        {t(loses ? 'leaving.quit.lose' : 'leaving.quit.keep')}
      </Button>
      {/* Not off while it sends, when a press does nothing: without its focus Escape would not be heard. */}
      <Send
        isDisabled={keep.busy || (!send.busy && sendOff !== undefined)}
        label={t(send.busy ? 'leaving.quit.sending' : loses ? 'leaving.quit.sendLose' : 'leaving.quit.send')}
        onPress={() => void send.run()}
      />
    </>
  );
  return (
    <Sheet
      title={t('leaving.quit.title')}
      isOpen
      wide
      onClose={stay}
      actions={actions}
      data-testid="quit-sheet"
    >
      <CloseOver work={work} parts={session && parts} />
      {send.busy && <SendingProgress entries={entries} />}
      {sendOff && !send.busy && <p className={styles.second}>{sendOff}</p>}
      {refusal && <Failure refusal={refusal} />}
    </Sheet>
  );
}

function Send({ label, isDisabled, onPress }: { label: string; isDisabled: boolean; onPress: () => void }) {
  useCommand('commit', isDisabled ? null : onPress);

  return (
    <Button look="lead" command="commit" isDisabled={isDisabled} onPress={onPress} data-testid="quit-send">
      {label}
    </Button>
  );
}
