import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useBackend } from '../ipc/BackendContext';
import type { OutboxEntry } from '../ipc/bindings';
import { toRefusal } from '../ipc/refusal';
import { useOpenEntry } from './entry/useOpenEntry';
import { canUndo } from './entryWords';
import { useSession } from './session/SessionContext';
import { toast } from './toasts';

/** The decision that undo would take back: the latest that can be. */
export function latestUndoable(entries: OutboxEntry[]): OutboxEntry | null {
  const open = entries.filter(canUndo);
  return open.reduce<OutboxEntry | null>(
    (latest, entry) =>
      latest && Date.parse(latest.decidedAt) > Date.parse(entry.decidedAt) ? latest : entry,
    null,
  );
}

/** Takes a decision back, or gives it up, and says which of the two it was. */
export function useWithdraw(): (entry: OutboxEntry) => Promise<void> {
  const backend = useBackend();
  const { t } = useTranslation();
  const open = useOpenEntry();
  return useCallback(
    async (entry) => {
      try {
        const withdrawn = await backend.withdraw(entry.opId);
        const { title, reason } = withdrawn;
        const action = { label: t('undo.open'), run: () => void open(withdrawn) };
        const text = canUndo(entry) ? t('undo.done', { title }) : t('undo.dismissed', { title, reason });
        toast({ tone: 'calm', text, action, about: entry.opId });
      } catch (thrown) {
        toast({ tone: 'alert', text: toRefusal(thrown).message, about: entry.opId });
      }
    },
    [backend, t, open],
  );
}

/** The latest decision that can be taken back, and the way to do it; both `null` where there is none. */
export function useUndo() {
  const entry = useSession((session) => latestUndoable(session.outbox));
  const withdraw = useWithdraw();
  return { entry, undo: entry && (() => void withdraw(entry)) };
}
