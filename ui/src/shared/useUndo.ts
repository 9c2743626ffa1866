import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useBackend } from '../ipc/BackendContext';
import type { OutboxEntry } from '../ipc/bindings';
import { toRefusal } from '../ipc/refusal';
import { navigate } from './route';
import { useSession } from './session/SessionContext';
import { toast } from './toasts';

/** The decision that undo would take back: the latest that can be. */
export function latestWithdrawable(entries: OutboxEntry[]): OutboxEntry | null {
  const open = entries.filter((entry) => entry.canWithdraw);
  return open.reduce<OutboxEntry | null>(
    (latest, entry) =>
      latest && Date.parse(latest.decidedAt) > Date.parse(entry.decidedAt) ? latest : entry,
    null,
  );
}

/** Takes a decision back and says so. */
export function useWithdraw(): (entry: Pick<OutboxEntry, 'opId' | 'title' | 'subject'>) => Promise<void> {
  const backend = useBackend();
  const { t } = useTranslation();
  return useCallback(
    async (entry) => {
      try {
        await backend.withdraw(entry.opId);
        const action = {
          label: t('undo.open'),
          run: () => navigate({ screen: 'review', reviewId: entry.subject }),
        };
        toast({ tone: 'calm', text: t('undo.done', { title: entry.title }), action, about: entry.opId });
      } catch (thrown) {
        toast({ tone: 'alert', text: toRefusal(thrown).message, about: entry.opId });
      }
    },
    [backend, t],
  );
}

/** The latest decision that can be taken back, and the way to do it; both `null` where there is none. */
export function useUndo() {
  const entry = useSession((session) => latestWithdrawable(session.outbox));
  const withdraw = useWithdraw();
  return { entry, undo: entry && (() => void withdraw(entry)) };
}
