import type { Backend } from '../../ipc/backend';
import type { ReviewView } from '../../ipc/bindings';

/** The one review that was read before it was asked for. */
let ahead: { backend: Backend; reviewId: string; view: ReviewView | null } | undefined;

/** Reads a review in advance, so that it is there the moment the one before it is decided. */
export function readAhead(backend: Backend, reviewId: string): void {
  if (ahead?.backend === backend && ahead.reviewId === reviewId) return;
  const mine = { backend, reviewId, view: null as ReviewView | null };
  ahead = mine;
  backend.review(reviewId).then(
    (view) => {
      mine.view = view;
    },
    () => {
      // Read again when it is opened, and then the reason is shown.
      if (ahead === mine) ahead = undefined;
    },
  );
}

/** Forgets it: another account must not see it. */
export function forgetAhead(): void {
  ahead = undefined;
}

/** A review that was read in advance, once: whoever shows it reads it again behind it. */
export function takeAhead(backend: Backend, reviewId: string): ReviewView | null {
  if (ahead?.backend !== backend || ahead.reviewId !== reviewId) return null;
  const { view } = ahead;
  ahead = undefined;
  return view;
}
