import { Merge, Undo2, UsersRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { MergePreview, ReviewView } from '../../ipc/bindings';
import { Button } from '../../shared/ui/Button';
import { dropPicks } from './drafts';
import styles from './Review.module.css';
import { SeparateMenu } from './SeparateMenu';
import type { ReasonsAgainst } from './useReasonsAgainst';

interface Props {
  view: ReviewView;
  preview: MergePreview;
  against: ReasonsAgainst;
  /** How many picks are the admin's own. */
  picked: number;
  onMerge: () => void;
  onKeep: () => void;
  onSkip: (() => void) | null;
}

/** What can be done, always in sight. A button that is off has its reason beside it. */
export function ActionBar({ view, preview, against, picked, onMerge, onKeep, onSkip }: Props) {
  const { t } = useTranslation();
  const off = against.merge ?? against.keepSeparate;
  return (
    <footer className={styles.actions}>
      <Button
        icon={<UsersRound />}
        command="keepSeparate"
        isDisabled={against.keepSeparate !== undefined}
        onPress={onKeep}
        data-testid="keep-separate"
      >
        {t('decide.keepSeparate')}
      </Button>
      <SeparateMenu view={view} off={against.separate} />
      <Button look="quiet" command="skip" isDisabled={!onSkip} onPress={() => onSkip?.()} data-testid="skip">
        {t('decide.skip')}
      </Button>
      <p className={styles.off} role="status">
        {off}
      </p>
      <span className={styles.lead}>
        {picked > 0 && (
          <Button
            look="quiet"
            icon={<Undo2 />}
            label={t('review.picked', { count: picked })}
            folds
            command="defaults"
            onPress={() => dropPicks(view.reviewId)}
          >
            {t('review.picked', { count: picked })}
          </Button>
        )}
        <Button
          look="lead"
          icon={<Merge />}
          command="merge"
          isDisabled={against.merge !== undefined}
          onPress={onMerge}
          data-testid="merge"
        >
          {t('decide.merge', { name: preview.survivorName })}
        </Button>
      </span>
    </footer>
  );
}
