import {
  ChevronDown,
  ChevronRight,
  CircleCheck,
  Merge,
  Split,
  TriangleAlert,
  Undo2,
  UsersRound,
} from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutboxEntry } from '../../ipc/bindings';
import { isOtherwise, stateKey } from '../../shared/entryWords';
import { Ago } from '../../shared/ui/Ago';
import styles from './History.module.css';
import { HistoryDetails } from './HistoryDetails';

const KINDS: Record<string, typeof Merge> = { merge: Merge, separate: Split };
const UNDONE = ['withdrawn', 'superseded'];

interface Props {
  entry: OutboxEntry;
  current: boolean;
  isOpen: boolean;
  onFocus: () => void;
  onToggle: () => void;
}

/** A settled decision in a line, and below it everything about it once it is opened. */
export function HistoryRow({ entry, current, isOpen, onFocus, onToggle }: Props) {
  const { t } = useTranslation();
  const { opId, kind, title, state, decidedAt } = entry;
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isOpen) item.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen]);
  const Kind = KINDS[kind] ?? UsersRound;
  const otherwise = isOtherwise(entry);
  const State = otherwise ? TriangleAlert : UNDONE.includes(state) ? Undo2 : CircleCheck;
  const Fold = isOpen ? ChevronDown : ChevronRight;
  return (
    <li ref={item} className={`${styles.entry} ${isOpen ? styles.open : ''}`}>
      <button
        type="button"
        data-entry
        className={`${styles.row} ${current ? styles.current : ''}`}
        aria-expanded={isOpen}
        onFocus={onFocus}
        onClick={onToggle}
        data-testid={`history-row-${opId}`}
      >
        <Fold aria-hidden="true" className={styles.fold} />
        <Kind aria-hidden="true" className={styles.icon} />
        <span className={styles.names}>
          <span className={styles.name}>{title}</span>
          <span className={styles.second}>{t(`decision.${kind}`, { defaultValue: kind })}</span>
        </span>
        <span
          className={`${styles.state} ${otherwise ? styles.otherwise : ''}`}
          data-state={state}
          data-otherwise={otherwise}
        >
          <State aria-hidden="true" />
          {t(otherwise ? 'history.otherwise' : stateKey(entry))}
        </span>
        <span className={styles.age}>
          <Ago time={decidedAt} />
        </span>
      </button>
      {isOpen && <HistoryDetails entry={entry} />}
    </li>
  );
}
