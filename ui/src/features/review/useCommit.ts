import { useCallback, useState } from 'react';
import { useBackend } from '../../ipc/BackendContext';
import type { DecisionInput, ReviewView } from '../../ipc/bindings';
import { type Action, useAction } from '../../shared/useAction';
import { useSaved } from '../../shared/useSaved';
import { uuidv7 } from '../../shared/uuid';
import { dropPicks } from './drafts';

/**
 * Saves a decision. The operation id is made once for each open sheet, so that a second press, or a press after a
 * lost answer, cannot decide twice.
 */
export function useCommit(view: ReviewView, said: string, onDecided: () => void): Action<[DecisionInput]> {
  const backend = useBackend();
  const tell = useSaved();
  const [opId] = useState(() => uuidv7());
  const { reviewId, basedOn } = view;

  const call = useCallback(
    async (decision: DecisionInput) => {
      const saved = await backend.decide({ opId, reviewId, basedOn, decision, dryRun: false });
      dropPicks(reviewId);
      // On to the next before the list closes the gap this one leaves.
      onDecided();
      tell(saved, said);
    },
    [backend, tell, opId, reviewId, basedOn, said, onDecided],
  );
  return useAction(call);
}
