import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Changes, OutboxEntry } from '../ipc/bindings';
import { useSessionStore } from './session/SessionContext';
import { secondsUntil } from './time';
import { toast } from './toasts';
import { useWithdraw } from './useUndo';

/** What a decision that was saved is answered with. */
interface Saved {
  entry: OutboxEntry | null;
  changes: Changes | null;
}

/** Shows what a saved decision changed, and says so with the offer to undo it for as long as that can be done. */
export function useSaved(): (saved: Saved, said: string) => void {
  const session = useSessionStore();
  const withdraw = useWithdraw();
  const { t } = useTranslation();
  return useCallback(
    ({ entry, changes }, said) => {
      if (changes) session.receive(changes);
      if (!entry) return;
      const seconds = entry.cancelUntil ? secondsUntil(entry.cancelUntil, Date.now()) : 0;
      const action = {
        label: t('undo.label'),
        run: () => void withdraw(entry),
        testId: 'toast-undo',
        undoes: true,
      };
      const message = { tone: 'calm' as const, text: said, about: entry.opId };
      toast(entry.canWithdraw ? { ...message, action } : message, seconds * 1000 || 6000);
    },
    [session, withdraw, t],
  );
}
