import { useTranslation } from 'react-i18next';
import { exact } from '../../shared/numbers';
import { issuesIn, useForm } from './form';
import { KeyMark } from './KeyMark';
import type { Key } from './model';
import { NumberInput } from './NumberInput';
import { Part } from './Part';
import partStyles from './Settings.module.css';
import styles from './Thresholds.module.css';
import { ThresholdTrack } from './ThresholdTrack';

/** From which score on a pair is reviewed, and from which it is merged at once; and how many are compared at all. */
export function Thresholds() {
  const { t } = useTranslation();
  const { shown, set, locked, issues } = useForm();
  const { reviewThresholdPercent: review, thresholdPercent: merge } = shown;
  const both = typeof review === 'number' && typeof merge === 'number';
  const input = (key: Key, unit?: string) => (
    <div className={partStyles.key}>
      <NumberInput
        label={t(`settings.key.${key}`)}
        value={shown[key]}
        onChange={(value) => set(key, value)}
        {...(unit ? { unit } : {})}
        isDisabled={locked}
        issues={issuesIn(issues, key)}
        testId={`settings-${key}`}
      />
      <KeyMark of={key} />
    </div>
  );
  return (
    <>
      <Part id="thresholds" title={t('settings.thresholds')} lead={t('settings.thresholdsLead')}>
        {both && (
          <>
            <ThresholdTrack
              review={review}
              merge={merge}
              isDisabled={locked}
              onReview={(percent) => set('reviewThresholdPercent', percent)}
              onMerge={(percent) => set('thresholdPercent', percent)}
            />
            <ul className={styles.legend} data-testid="settings-bands">
              <li>
                <span className={`${styles.swatch} ${styles.apart}`} aria-hidden="true" />
                {t('settings.band.apart', { review: exact(review) })}
              </li>
              <li>
                <span className={`${styles.swatch} ${styles.reviewed}`} aria-hidden="true" />
                {t('settings.band.reviewed', { review: exact(review), merge: exact(merge) })}
              </li>
              <li>
                <span className={`${styles.swatch} ${styles.merged}`} aria-hidden="true" />
                {t('settings.band.merged', { merge: exact(merge) })}
              </li>
            </ul>
          </>
        )}
        <div className={styles.pair}>
          {input('reviewThresholdPercent', '%')}
          {input('thresholdPercent', '%')}
        </div>
      </Part>
      <Part id="candidates" title={t('settings.candidates')} lead={t('settings.candidatesLead')}>
        {input('candidateLimit')}
      </Part>
    </>
  );
}
