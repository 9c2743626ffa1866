import { useEffect, useRef } from 'react';
import type { DecisionInput, ReviewView } from '../../ipc/bindings';
import { pick, usePicks } from './drafts';

/**
 * What was decided, while a decision that waits or needs somebody is being changed; `null` where none is, or where it
 * cannot be changed any more. Its picks are laid in once, as far as their fields can still be picked.
 */
export function useChanging(view: ReviewView, wanted: boolean): DecisionInput | null {
  const { reviewId, decided, preview } = view;
  const picks = usePicks(reviewId);
  const laid = useRef(false);
  const untouched = Object.keys(picks).length === 0;
  useEffect(() => {
    if (!wanted || !decided || laid.current) return;
    laid.current = true;
    if (decided.kind !== 'merge' || !untouched) return;
    const choosable = new Set(preview.fields.filter((field) => field.choosable).map(({ path }) => path));
    const kept = decided.picks.filter(({ path }) => choosable.has(path));
    pick(reviewId, Object.fromEntries(kept.map(({ path, side }) => [path, side])));
  }, [wanted, decided, untouched, preview, reviewId]);
  return wanted ? decided : null;
}
