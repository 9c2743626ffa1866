import { SideBadge } from '../../shared/ui/SideBadge';
import styles from './Board.module.css';
import type { Column } from './rows';

/** The mark of a column: a side's own, or a question mark. The words stand beside it. */
export function PlaceBadge({ place }: { place: Column }) {
  if (place !== 'undecided') return <SideBadge side={place} />;
  return (
    <span className={styles.question} aria-hidden="true">
      ?
    </span>
  );
}
