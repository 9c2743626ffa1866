import { useCallback, useState } from 'react';
import { useBackend } from '../../ipc/BackendContext';
import type { PendingWork } from '../../ipc/bindings';
import { toRefusal } from '../../ipc/refusal';
import { toast } from '../../shared/toasts';
import { isPending } from './PendingList';

/** Signs out at once where nothing is pending; otherwise there is something to ask first. */
export function useSignOut(accountId: string | undefined) {
  const backend = useBackend();
  const [asking, setAsking] = useState<PendingWork | null>(null);
  const signOut = useCallback(() => {
    if (accountId === undefined) return;
    const leave = async () => {
      const work = await backend.pendingWork(accountId);
      if (isPending(work)) setAsking(work);
      else await backend.signOut(accountId, { kind: 'keep' });
    };
    leave().catch((thrown: unknown) => {
      const { message, hint } = toRefusal(thrown);
      toast({ tone: 'alert', text: [message, hint].filter(Boolean).join(' ') });
    });
  }, [backend, accountId]);
  return { signOut, asking, close: useCallback(() => setAsking(null), []) };
}
