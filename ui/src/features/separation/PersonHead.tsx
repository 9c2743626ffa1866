import { useTranslation } from 'react-i18next';
import type { SeparationSide } from '../../ipc/bindings';
import { count } from '../../shared/numbers';
import { SideBadge } from '../../shared/ui/SideBadge';
import { usePlanPart, useShown, useView } from './EditorContext';
import styles from './FieldTable.module.css';
import { nameOf } from './names';

/** One of the two contacts as it will be: its mark, its name, and how much it has. Always in sight. */
export function PersonHead({ side }: { side: SeparationSide }) {
  const { t } = useTranslation();
  const view = useView();
  const lines = usePlanPart(({ state }) => state.lines);
  const problems = usePlanPart(({ state }) => state.problems);
  // What is wrong with a contact as a whole; a line's own problems stand at the line.
  const mine = problems.filter((each) => each.side === side && !each.path && !each.child);
  const { totals } = useShown();
  const name = nameOf(lines, side);
  return (
    <div className={styles.person} data-testid={`person-${side}`}>
      <SideBadge side={side} />
      <span className={styles.who}>
        <span className={styles.becomes}>{t(`separation.${side === 'original' ? 'stays' : 'becomes'}`)}</span>{' '}
        <strong>{name || (side === 'original' ? view.name : t('separation.unnamed'))}</strong>
      </span>
      <span className={styles.holds}>
        {t('separation.records', { count: totals[side], shown: count(totals[side]) })}
      </span>
      {mine.map(({ message, blocking }) => (
        <span
          key={message}
          className={`${styles.wants} ${blocking ? '' : styles.warning}`}
          data-testid={blocking ? `problem-${side}` : `warning-${side}`}
        >
          {message}
        </span>
      ))}
    </div>
  );
}
