import { ShieldCheck, ShieldQuestion } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { SideBadge } from '../../shared/ui/SideBadge';
import { usePlan } from './EditorContext';
import styles from './Separation.module.css';

/** What the server will do with a second copy, what it will count, and what a separation has no place for. */
export const Foot = memo(function Foot() {
  const { t } = useTranslation();
  const { guarded, guard, unslotted, summary } = usePlan().state;
  const Shield = guarded ? ShieldCheck : ShieldQuestion;
  const counted = summary.filter((each) => each.count !== 0);
  return (
    <footer className={styles.foot}>
      <p className={styles.guard} data-testid="guard">
        <Shield aria-hidden="true" />
        <span>{guard}</span>
      </p>
      {counted.length > 0 && (
        <p className={styles.counted} data-testid="predicted">
          {counted.map((each) => (
            <span key={each.name}>
              {each.label} <strong>{each.count ?? '?'}</strong>
            </span>
          ))}
        </p>
      )}
      {unslotted.length > 0 && (
        <div className={styles.unslotted} data-testid="unslotted" data-selectable>
          <span id="separation-unslotted">{t('separation.unslotted')}</span>
          <ul aria-labelledby="separation-unslotted">
            {unslotted.map(({ label, text, staysWith }) => (
              <li key={`${label}${text}`}>
                <SideBadge side={staysWith} /> {label}: {text}
              </li>
            ))}
          </ul>
        </div>
      )}
    </footer>
  );
});
