import { useCallback, useEffect, useRef, useState } from 'react';
import type { DecisionInput, ReviewView } from '../../ipc/bindings';
import { dropPicks, pick } from './drafts';

interface Change {
  /** What was decided, while it is being changed; `null` where nothing is, or where it cannot be changed any more. */
  decided: DecisionInput | null;
  /** How many of its picks could not be laid in, as their fields cannot be picked any more. */
  lost: number;
  /** Lays its picks in once more over what is read next. */
  again: () => void;
}

/**
 * The picks of a decision that waits or needs somebody, laid in when it is to be changed: in place of those of an
 * earlier look, and gone again when the change is left. What is on the screen is what was decided, and what is picked
 * over it now.
 */
export function useChanging(view: ReviewView, wanted: boolean): Change {
  const { reviewId, decided, preview } = view;
  const laid = useRef(false);
  const [lost, setLost] = useState(0);
  useEffect(() => {
    if (!wanted || !decided || laid.current) return;
    laid.current = true;
    dropPicks(reviewId);
    if (decided.kind !== 'merge') return;
    const choosable = new Set(preview.fields.filter((field) => field.choosable).map(({ path }) => path));
    const kept = decided.picks.filter(({ path }) => choosable.has(path));
    setLost(decided.picks.length - kept.length);
    pick(reviewId, Object.fromEntries(kept.map(({ path, side }) => [path, side])));
  }, [wanted, decided, preview, reviewId]);
  useEffect(() => {
    if (!wanted) return;
    return () => {
      laid.current = false;
      dropPicks(reviewId);
    };
  }, [wanted, reviewId]);
  const again = useCallback(() => {
    laid.current = false;
  }, []);
  return { decided: wanted ? decided : null, lost, again };
}
