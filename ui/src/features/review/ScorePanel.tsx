import { useTranslation } from 'react-i18next';
import type { ScoreView } from '../../ipc/bindings';
import { percent } from '../../shared/numbers';
import { fieldName } from '../../shared/ui/fieldName';
import styles from './ScorePanel.module.css';

/** Why the server thinks that the two are one: its score, its thresholds, and its breakdown as it reported them. */
export function ScorePanel({ score }: { score: ScoreView }) {
  const { t } = useTranslation();
  const value = score.percent ?? 0;
  const thresholds = [
    { at: score.reviewThreshold, label: t('score.asks') },
    { at: score.mergeThreshold, label: t('score.merges') },
  ];
  return (
    <section className={styles.panel} aria-labelledby="score-title">
      <h2 id="score-title" className={styles.title}>
        {t('score.why', { percent: percent(value) })}
      </h2>
      <div className={styles.scale} aria-hidden="true">
        <span className={styles.fill} style={{ width: `${value}%` }} />
        {thresholds.map(
          ({ at, label }) =>
            at !== null && <span key={label} className={styles.tick} style={{ left: `${at}%` }} />,
        )}
      </div>
      <p className={styles.thresholds}>
        {thresholds.map(
          ({ at, label }) =>
            at !== null && (
              <span key={label}>
                {label} {percent(at)}
              </span>
            ),
        )}
      </p>
      {score.breakdown.length > 0 && (
        <ul className={styles.breakdown}>
          {score.breakdown.map(({ path, reported, bar }) => (
            <li key={path} className={styles.line}>
              <span className={styles.field}>{fieldName(t, path)}</span>
              <span className={styles.track} aria-hidden="true">
                {bar !== null && <span className={styles.fill} style={{ width: `${bar * 100}%` }} />}
              </span>
              <span className={styles.reported}>{reported}</span>
            </li>
          ))}
        </ul>
      )}
      <p className={styles.foot}>{t('score.asReported')}</p>
    </section>
  );
}
