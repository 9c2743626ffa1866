import { ShieldCheck, ShieldQuestion } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { SideBadge } from '../../shared/ui/SideBadge';
import { usePlan, useView } from './EditorContext';
import { More } from './More';
import { nameOf } from './names';
import styles from './Separation.module.css';

/** What the server will do with a second copy, what it will count, and what a separation has no place for. */
export const Foot = memo(function Foot() {
  const { t } = useTranslation();
  const { name } = useView();
  const { guarded, guard, unslotted, summary, lines } = usePlan().state;
  const Shield = guarded ? ShieldCheck : ShieldQuestion;
  const counted = summary.filter((each) => each.count !== 0);
  const sides = new Set(unslotted.map((each) => each.staysWith));
  const who = sides.has('new')
    ? nameOf(lines, 'new') || t('side.new.name')
    : nameOf(lines, 'original') || name;
  const stay = t(sides.size > 1 ? 'separation.unslottedBoth' : 'separation.unslotted', {
    count: unslotted.length,
    who,
  });
  return (
    <footer className={styles.foot}>
      <More
        icon={<Shield aria-hidden="true" />}
        summary={t(guarded ? 'separation.guarded' : 'separation.unguarded')}
        label={t('separation.guard')}
        testId="guard"
      >
        <p data-selectable>{guard}</p>
      </More>
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
        <More summary={stay} label={stay} testId="unslotted">
          <ul className={styles.unslotted} aria-label={stay} data-selectable>
            {unslotted.map(({ label, text, staysWith }) => (
              <li key={`${label}${text}`}>
                <SideBadge side={staysWith} />
                <span className={styles.second}>{label}</span>
                <span>{text}</span>
              </li>
            ))}
          </ul>
        </More>
      )}
    </footer>
  );
});
