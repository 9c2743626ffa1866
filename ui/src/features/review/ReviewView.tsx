import { SearchX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../shared/keys/useCommand';
import { navigate } from '../../shared/route';
import { Button } from '../../shared/ui/Button';
import { Empty } from '../../shared/ui/Empty';
import { Skeleton } from '../../shared/ui/Skeleton';
import styles from './Review.module.css';
import { ReviewBody } from './ReviewBody';
import { useReview } from './useReview';

export interface Surroundings {
  /** Whether the decision that waits is to be changed. */
  change: boolean;
  /** Where it stands in the queue, if it does. */
  position: { at: number; of: number } | null;
  /** The review that comes after it. */
  nextId: string | null;
  onNext: (() => void) | null;
  onPrevious: (() => void) | null;
  /** Goes on after a decision. */
  onDecided: () => void;
}

/** One review: loading, failed, or ready to be decided. */
export function ReviewView({ reviewId, ...around }: Surroundings & { reviewId: string }) {
  const { t } = useTranslation();
  const { view, refusal, moved, reload } = useReview(reviewId);
  const back = () => navigate({ screen: around.change ? 'outbox' : 'queue' });
  useCommand('back', back);
  useCommand('escape', back);
  useCommand('skip', around.onNext ?? back);

  if (view) return <ReviewBody view={view} refusal={refusal} moved={moved} reload={reload} around={around} />;
  if (!refusal) {
    return (
      <div className={styles.view} data-testid="review">
        <Skeleton rows={10} />
      </div>
    );
  }
  const actions = (
    <>
      <Button onPress={reload}>{t('again')}</Button>
      <Button command="back" onPress={back}>
        {t('review.toQueue')}
      </Button>
    </>
  );
  return (
    <div className={styles.view} data-testid="review">
      <Empty icon={<SearchX />} title={t('review.failed')} actions={actions}>
        <span data-testid="error">{[refusal.message, refusal.hint].filter(Boolean).join(' ')}</span>
      </Empty>
    </div>
  );
}
