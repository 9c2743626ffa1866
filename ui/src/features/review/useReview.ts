import { useCallback, useEffect, useRef, useState } from 'react';
import { useBackend } from '../../ipc/BackendContext';
import type { ReviewView } from '../../ipc/bindings';
import { type Refusal, toRefusal } from '../../ipc/refusal';
import { useChanges } from '../../shared/session/SessionContext';
import { takeAhead } from './ahead';

interface Loaded {
  view: ReviewView | null;
  refusal: Refusal | null;
  /** Whether it changed under the admin's eyes since it was opened. */
  moved: boolean;
}

/** A review, read again whenever something that it shows has changed. */
export function useReview(reviewId: string): Loaded & { reload: () => void } {
  const backend = useBackend();
  const [loaded, setLoaded] = useState<Loaded>(() => ({
    view: takeAhead(backend, reviewId),
    refusal: null,
    moved: false,
  }));
  const latest = useRef(0);

  const reload = useCallback(() => {
    latest.current += 1;
    const mine = latest.current;
    backend.review(reviewId).then(
      (view) => {
        if (mine !== latest.current) return;
        setLoaded((before) => ({
          view,
          refusal: null,
          // The first reading only confirms what was read in advance.
          moved: before.moved || (mine > 1 && before.view !== null && before.view.basedOn !== view.basedOn),
        }));
      },
      (thrown: unknown) => {
        // What was read stays on the screen: it is better than nothing, and `basedOn` guards the decision.
        if (mine === latest.current) setLoaded((before) => ({ ...before, refusal: toRefusal(thrown) }));
      },
    );
  }, [backend, reviewId]);

  useEffect(() => {
    reload();
    return () => {
      latest.current += 1;
    };
  }, [reload]);
  useChanges((changes) => {
    const touched =
      changes === null ||
      changes.removals.includes(reviewId) ||
      changes.upserts.some((row) => row.reviewId === reviewId) ||
      changes.outbox.some((entry) => entry.subject === reviewId);
    if (touched) reload();
  });
  return { ...loaded, reload };
}
