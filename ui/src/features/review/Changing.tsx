import { useTranslation } from 'react-i18next';
import type { ReviewView } from '../../ipc/bindings';
import { navigate } from '../../shared/route';
import { partOf } from '../../shared/session/parts';
import { Button } from '../../shared/ui/Button';
import { Notice } from '../../shared/ui/Notice';
import { dropPicks } from './drafts';

/** That a decision is being changed, what becomes of it until then, and the way to leave it; or that it is too late. */
export function Changing({
  view: { reviewId, open, decision, decided },
  lost,
}: {
  view: ReviewView;
  /** How many of its picks could not be laid in. */
  lost: number;
}) {
  const { t } = useTranslation();
  if (!decision) return null;
  const leave = () => {
    dropPicks(reviewId);
    navigate({ screen: 'outbox' });
  };
  if (!decided) return <Notice tone="caution">{t('review.tooLate')}</Notice>;
  if (!open) {
    const compare = () => navigate({ screen: 'conflict', opId: decision.opId });
    const ways = decision.canCompare && <Button onPress={compare}>{t('outbox.compare')}</Button>;
    return (
      <Notice tone="caution" data-testid="review-nothing-left" actions={ways || undefined}>
        {t('conflict.anewNone')}
      </Notice>
    );
  }
  const stuck = partOf(decision) === 'needsYou';
  return (
    <Notice
      tone="caution"
      data-testid="review-changing"
      actions={
        <Button onPress={leave} data-testid="review-leave">
          {t('review.leave')}
        </Button>
      }
    >
      <strong>{t(stuck ? 'review.changingStuck' : 'review.changing')}</strong>{' '}
      {t(stuck ? 'review.changingStuckMeans' : 'review.changingMeans')}
      {lost > 0 && ` ${t('review.changingLost', { count: lost })}`}
    </Notice>
  );
}
