import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBackend } from '../../ipc/BackendContext';
import type { DecisionInput, ReviewView } from '../../ipc/bindings';
import { useSessionStore } from '../../shared/session/SessionContext';
import { secondsUntil } from '../../shared/time';
import { toast } from '../../shared/toasts';
import { type Action, useAction } from '../../shared/useAction';
import { useWithdraw } from '../../shared/useUndo';
import { uuidv7 } from '../../shared/uuid';
import { dropPicks } from './drafts';

/**
 * Saves a decision. The operation id is made once for each open sheet, so that a second press, or a press after a
 * lost answer, cannot decide twice.
 */
export function useCommit(view: ReviewView, said: string, onDecided: () => void): Action<[DecisionInput]> {
  const backend = useBackend();
  const session = useSessionStore();
  const withdraw = useWithdraw();
  const { t } = useTranslation();
  const [opId] = useState(() => uuidv7());
  const { reviewId, basedOn } = view;

  const call = useCallback(
    async (decision: DecisionInput) => {
      const { entry, changes } = await backend.decide({ opId, reviewId, basedOn, decision, dryRun: false });
      dropPicks(reviewId);
      // On to the next before the list closes the gap this one leaves.
      onDecided();
      if (changes) session.receive(changes);
      if (!entry) return;
      const seconds = entry.cancelUntil ? secondsUntil(entry.cancelUntil, Date.now()) : 0;
      const action = {
        label: t('undo.label'),
        run: () => void withdraw(entry),
        testId: 'toast-undo',
        undoes: true,
      };
      const message = { tone: 'calm' as const, text: said, about: opId };
      toast(entry.canWithdraw ? { ...message, action } : message, seconds * 1000 || 6000);
    },
    [backend, session, withdraw, t, opId, reviewId, basedOn, said, onDecided],
  );
  return useAction(call);
}
