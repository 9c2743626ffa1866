import { useCallback, useMemo, useRef } from 'react';
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
import styles from './Leaving.module.css';
import { PendingList } from './PendingList';

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
  const parts = useMemo(() => countParts(entries), [entries]);
  const online = session?.status.connection === 'online';
  const send = useAction(useCallback(() => backend.quit('send'), [backend]));
  // Of its own, so that whoever tires of sending can still close.
  const keep = useAction(useCallback(() => backend.quit('keep'), [backend]));
  const stay = () => {
    store.stay();
    // Nothing to wait for: the window stays in any case.
    backend.quit('stay').catch(() => undefined);
  };
  const refusal = send.refusal ?? keep.refusal;
  const left = parts.waiting + parts.sending;
  const sendOff = !online ? t('leaving.quit.offline') : left === 0 ? t('leaving.quit.noneToSend') : undefined;
  const actions = (
    <>
      <Button command="escape" onPress={stay} data-testid="quit-stay">
        {t('leaving.quit.stay')}
      </Button>
      <Button isDisabled={keep.busy} onPress={() => void keep.run()} data-testid="quit-keep">
        {t('leaving.quit.keep')}
      </Button>
      <Send
        isDisabled={send.busy || keep.busy || sendOff !== undefined}
        label={t(send.busy ? 'leaving.quit.sending' : 'leaving.quit.send')}
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
      {parts.undoable > 0 && (
        <p className={styles.leading}>{t('leaving.quit.undo', { count: parts.undoable })}</p>
      )}
      {parts.waiting > parts.undoable && (
        <p className={styles.leading}>
          {t('leaving.quit.unsent', { count: parts.waiting - parts.undoable })}
        </p>
      )}
      {parts.sending > 0 && (
        <p className={styles.leading}>{t('leaving.quit.sent', { count: parts.sending })}</p>
      )}
      {left === 0 && <PendingList work={work} only={['underWay', 'waiting']} />}
      <p>{t('leaving.quit.saved')}</p>
      {work.needsPerson + work.drafts > 0 && (
        <div>
          <p className={styles.second}>{t('leaving.quit.also')}</p>
          <PendingList work={work} only={['needsPerson', 'drafts']} />
        </div>
      )}
      {send.busy && <Progress left={left} />}
      {sendOff && <p className={styles.second}>{sendOff}</p>}
      {refusal && <Failure refusal={refusal} />}
    </Sheet>
  );
}

/** How many of those that were there when it began are gone. */
function Progress({ left }: { left: number }) {
  const { t } = useTranslation();
  const began = useRef(left);
  const of = Math.max(began.current, left);
  return (
    <div role="status" className={styles.progress}>
      <progress value={of - left} max={of} aria-label={t('leaving.quit.progress')} />
      {t('leaving.quit.gone', { gone: of - left, of })}
    </div>
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
