import { Slider, SliderThumb, SliderTrack } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import styles from './Thresholds.module.css';

interface Props {
  review: number;
  merge: number;
  isDisabled: boolean;
  onReview: (percent: number) => void;
  onMerge: (percent: number) => void;
}

/** How far a handle moves with one press, in percent. */
const STEP = 0.5;

const within = (value: number) => Math.max(0, Math.min(100, value));

/** Where a handle stands whose value lies between two steps: from there it moves, and only then the value changes. */
const onStep = (value: number) => Math.round(value / STEP) * STEP;

const moved = (next: number | undefined, from: number): next is number =>
  next !== undefined && next !== onStep(from);

/** Both thresholds on one scale, as two handles that cannot cross, with what happens to the scores between them. */
export function ThresholdTrack({ review, merge, isDisabled, onReview, onMerge }: Props) {
  const { t } = useTranslation();
  const [low, high] = [within(Math.min(review, merge)), within(Math.max(review, merge))];
  const move = ([nextLow, nextHigh]: number[]) => {
    // Only the handle that moved: the other may stand between two steps, and stays there.
    if (moved(nextLow, low)) onReview(nextLow);
    if (moved(nextHigh, high)) onMerge(nextHigh);
  };
  const band = (from: number, to: number, name: 'apart' | 'reviewed' | 'merged') => (
    <span
      className={`${styles.band} ${styles[name]}`}
      style={{ insetInlineStart: `${from}%`, width: `${to - from}%` }}
    />
  );
  return (
    <Slider
      className={styles.slider}
      aria-label={t('settings.thresholds')}
      value={[onStep(low), onStep(high)]}
      onChange={move}
      minValue={0}
      maxValue={100}
      step={STEP}
      isDisabled={isDisabled}
      formatOptions={{ style: 'unit', unit: 'percent', maximumFractionDigits: 1 }}
    >
      <SliderTrack className={styles.track}>
        {band(0, low, 'apart')}
        {band(low, high, 'reviewed')}
        {band(high, 100, 'merged')}
        <SliderThumb
          index={0}
          className={styles.handle}
          aria-label={t('settings.key.reviewThresholdPercent')}
          data-testid="settings-handle-review"
        />
        <SliderThumb
          index={1}
          className={styles.handle}
          aria-label={t('settings.key.thresholdPercent')}
          data-testid="settings-handle-merge"
        />
      </SliderTrack>
    </Slider>
  );
}
