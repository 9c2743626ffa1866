import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBackend } from '../../ipc/BackendContext';
import type { LeaveHow, PendingWork } from '../../ipc/bindings';
import { useCommand } from '../../shared/keys/useCommand';
import { useSession } from '../../shared/session/SessionContext';
import { Button } from '../../shared/ui/Button';
import { Failure } from '../../shared/ui/Failure';
import { Sheet } from '../../shared/ui/Sheet';
import { useAction } from '../../shared/useAction';
import { Choices } from './Choices';
import { Discarding } from './Discarding';
import { Export } from './Export';
import { PendingList } from './PendingList';
import { usePendingWork } from './usePendingWork';

type How = LeaveHow['kind'];

interface Props {
  accountId: string;
  /** What was pending when it was asked. */
  work: PendingWork;
  onClose: () => void;
}

/** Asks what becomes of the work that is not settled, before an account is signed out. */
export function SignOutSheet({ accountId, work: asked, onClose }: Props) {
  const { t } = useTranslation();
  const backend = useBackend();
  const online = useSession((session) => session.status.connection === 'online');
  const unsettled = useSession((session) => session.counts.outbox);
  const { work, reload } = usePendingWork(accountId, asked);
  const [how, setHow] = useState<How>('keep');
  const [word, setWord] = useState('');
  const { run, busy, refusal, clear } = useAction(
    useCallback(
      async (leave: LeaveHow) => {
        try {
          await backend.signOut(accountId, leave);
        } catch (refused) {
          // Something may have gone out meanwhile: what is shown is what is left.
          await reload();
          throw refused;
        }
      },
      [backend, accountId, reload],
    ),
  );
  const sendable = work.waiting + work.underWay + work.uncertain > 0;
  const noSend = !online ? t('leaving.sendOffline') : sendable ? undefined : t('leaving.sendNothing');
  const choose = (next: How) => {
    setHow(next);
    clear();
  };
  // What was begun goes through: a sheet that hides would leave somebody who goes on working signed out.
  const close = () => {
    if (!busy) onClose();
  };
  const off =
    (how === 'discard' && word.trim().toLowerCase() !== work.word.toLowerCase()) ||
    (how === 'send' && noSend !== undefined);
  const leave = async () => {
    if (off) return;
    if (await run(how === 'discard' ? { kind: how, word: word.trim() } : { kind: how })) onClose();
  };
  const atWord = refusal?.field === 'word' ? refusal : null;
  const doing =
    how === 'send' ? `${t('leaving.doing.send')} ${t('leaving.left', { count: unsettled })}` : null;
  const actions = (
    <>
      <Button command="escape" isDisabled={busy} onPress={close} data-testid="leave-cancel">
        {t('cancel')}
      </Button>
      <Leave look={how === 'discard' ? 'danger' : 'lead'} isDisabled={off || busy} onPress={leave}>
        {busy ? (doing ?? t(`leaving.doing.${how}`)) : t(`leaving.confirm.${how}`)}
      </Leave>
    </>
  );
  return (
    <Sheet title={t('leaving.title')} isOpen onClose={close} actions={actions} data-testid="leave-sheet">
      <PendingList work={work} />
      <Choices
        label={t('leaving.how')}
        chosen={how}
        onChoose={choose}
        isDisabled={busy}
        choices={[
          { id: 'send', title: t('leaving.send'), means: t('leaving.sendMeans'), off: noSend },
          { id: 'keep', title: t('leaving.keep'), means: t('leaving.keepMeans') },
          { id: 'discard', title: t('leaving.discard'), means: t('leaving.discardMeans') },
        ]}
      >
        {refusal && !atWord && <Failure refusal={refusal} />}
        {how === 'discard' && <Discarding work={work} word={word} onWord={setWord} refusal={atWord} />}
      </Choices>
      <Export accountId={accountId} />
    </Sheet>
  );
}

interface LeaveProps {
  look: 'danger' | 'lead';
  isDisabled: boolean;
  onPress: () => Promise<void>;
  children: string;
}

function Leave({ look, isDisabled, onPress, children }: LeaveProps) {
  useCommand('commit', isDisabled ? null : () => void onPress());
  return (
    <Button
      look={look}
      command="commit"
      isDisabled={isDisabled}
      onPress={() => void onPress()}
      data-testid="leave-confirm"
    >
      {children}
    </Button>
  );
}
