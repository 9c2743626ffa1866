import { useTranslation } from 'react-i18next';
import { count } from '../../shared/numbers';
import styles from './Board.module.css';
import { useBoard, useBoardState } from './EditorContext';
import { PlaceBadge } from './PlaceBadge';
import { COLUMNS, type Shown } from './rows';

/** In a narrow window one column at a time: which, with how much is in each. Cards can be dropped on them. */
export function Tabs({ shown }: { shown: Shown }) {
  const { t } = useTranslation();
  const board = useBoard();
  const tab = useBoardState((state) => state.tab);
  const over = useBoardState((state) => state.held?.over);
  return (
    <div className={styles.tabs}>
      {COLUMNS.map((column) => (
        <button
          key={column}
          type="button"
          aria-pressed={tab === column}
          data-column={column}
          className={`${styles.tab} ${styles[column]} ${over === column ? styles.over : ''}`}
          onClick={() => board.set({ tab: column, column, conversation: null })}
          data-testid={`tab-${column}`}
        >
          <PlaceBadge place={column} />
          {t(`separation.column.${column}`)}
          <span className={styles.number}>{count(shown.totals[column])}</span>
        </button>
      ))}
    </div>
  );
}
