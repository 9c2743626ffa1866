import { ArrowLeft, ArrowLeftRight, ChevronDown, ChevronUp } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ReviewView } from '../../ipc/bindings';
import { count, percent } from '../../shared/numbers';
import { navigate } from '../../shared/route';
import { useSession } from '../../shared/session/SessionContext';
import { Ago } from '../../shared/ui/Ago';
import { Button } from '../../shared/ui/Button';
import { SideBadge } from '../../shared/ui/SideBadge';
import styles from './ReviewHead.module.css';
import type { Surroundings } from './ReviewView';

/** Who, how alike, why and since when; and where in the queue. */
export function ReviewHead({ view, around }: { view: ReviewView; around: Surroundings }) {
  const { t } = useTranslation();
  const { position, onNext, onPrevious } = around;
  const connection = useSession((session) => session.status.connection);
  const away = connection === 'offline' || connection === 'signedOut';
  return (
    <header className={styles.head}>
      <Button
        look="quiet"
        icon={<ArrowLeft />}
        label={t(around.change ? 'conflict.back' : 'review.toQueue')}
        command="back"
        onPress={() => navigate({ screen: around.change ? 'outbox' : 'queue' })}
      />
      <div className={styles.words}>
        <h1 id="review-title" className={styles.title} data-selectable>
          <span className={styles.person}>
            <SideBadge side="source" />
            <span>{view.source.name}</span>
            <ArrowLeftRight aria-label={t('review.and')} className={styles.arrow} />
          </span>
          <span className={styles.person}>
            <SideBadge side="candidate" />
            <span>{view.candidate.name}</span>
          </span>
        </h1>
        <p className={styles.facts}>
          {view.score && <strong>{percent(view.score.percent ?? 0)}</strong>}
          <span>{t(`kind.${view.kind}`)}</span>
          {view.createdAt && (
            <span>
              {t('review.found')} <Ago time={view.createdAt} />
            </span>
          )}
          {view.readAt && (
            <span data-testid="review-read">
              {t(away ? 'queue.asOf' : 'review.read')} <Ago time={view.readAt} />
            </span>
          )}
          {away && !view.readAt && <span data-testid="review-read">{t('queue.neverFull')}</span>}
        </p>
      </div>
      {position && (
        <span className={styles.position}>
          {t('review.position', { at: count(position.at), of: count(position.of) })}
        </span>
      )}
      <Button
        look="quiet"
        icon={<ChevronUp />}
        label={t('review.previous')}
        isDisabled={!onPrevious}
        onPress={() => onPrevious?.()}
      />
      <Button
        look="quiet"
        icon={<ChevronDown />}
        label={t('review.next')}
        command="skip"
        isDisabled={!onNext}
        onPress={() => onNext?.()}
      />
    </header>
  );
}
