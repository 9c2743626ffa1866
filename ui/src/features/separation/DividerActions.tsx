import { ArrowLeftRight, Scissors, ScissorsLineDashed } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../shared/ui/Button';
import styles from './Timeline.module.css';
import type { TimelineOf } from './useTimeline';

/** What can be done about the cut, by button. */
export function DividerActions({ timeline, active }: { timeline: TimelineOf; active: number }) {
  const { t } = useTranslation();
  const { cut } = timeline;
  return (
    <span className={styles.actions}>
      <Button
        icon={<Scissors />}
        label={t('separation.divideHere')}
        folds
        command="divideHere"
        isDisabled={active < 1}
        onPress={() => timeline.divideAt(active)}
        data-testid="divide-here"
      >
        {t('separation.divideHere')}
      </Button>
      {cut && (
        <>
          <Button
            icon={<ArrowLeftRight />}
            label={t('separation.swap')}
            onPress={timeline.swap}
            data-testid="divider-swap"
          />
          <Button
            icon={<ScissorsLineDashed />}
            label={t('separation.undivide')}
            onPress={timeline.remove}
            data-testid="divider-remove"
          />
        </>
      )}
    </span>
  );
}
