import { useEffect } from 'react';
import { ReviewView } from '../features/review/ReviewView';
import { useQueue, useQueueStore } from '../shared/queue/QueueContext';
import { place } from '../shared/queue/store';
import { navigate } from '../shared/route';

/** A review in its place in the queue: what comes before and after it. */
export function ReviewScreen({
  reviewId,
  change = false,
}: {
  reviewId: string;
  change?: boolean | undefined;
}) {
  const queue = useQueueStore();
  const rows = useQueue((state) => state.rows);
  const total = useQueue((state) => state.total);
  const { index, next, previous } = place(rows, reviewId);

  useEffect(() => {
    queue.focus(reviewId);
  }, [queue, reviewId]);
  useEffect(() => {
    // The neighbours, so that the next review is known before it is needed.
    queue.look(index - 1, index + 2);
  }, [queue, index]);

  const go = (to: string | null) => {
    if (to === null || to === reviewId) navigate({ screen: 'queue' });
    else navigate({ screen: 'review', reviewId: to });
  };
  return (
    <ReviewView
      key={reviewId}
      reviewId={reviewId}
      change={change}
      position={index < 0 ? null : { at: index + 1, of: total }}
      nextId={next}
      onNext={next === null ? null : () => go(next)}
      onPrevious={previous === null ? null : () => go(previous)}
      onDecided={() => (change ? navigate({ screen: 'outbox' }) : go(next ?? previous))}
    />
  );
}
