import { Search, X } from 'lucide-react';
import { memo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChildKind } from '../../ipc/bindings';
import { useCommand } from '../../shared/keys/useCommand';
import { count } from '../../shared/numbers';
import { Button } from '../../shared/ui/Button';
import { BulkBar } from './BulkBar';
import { DayFilter } from './DayFilter';
import { useBoard, useBoardState, useView } from './EditorContext';
import styles from './FilterBar.module.css';
import { EVERYTHING, narrows, SURE } from './filter';
import screen from './Separation.module.css';

/** How often each word occurs, the most frequent first. */
function tally<T extends string>(words: (T | null)[]): [T, number][] {
  const counts = new Map<T, number>();
  for (const word of words) if (word !== null) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}

/** What of the records is shown, and what can be done with all of that at once. */
export const FilterBar = memo(function FilterBar() {
  const { t } = useTranslation();
  const board = useBoard();
  const { cards } = useView();
  const filter = useBoardState((state) => state.filter);
  const timeline = useBoardState((state) => state.conversation !== null);
  const input = useRef<HTMLInputElement>(null);
  useCommand('search', timeline ? null : () => input.current?.focus());
  const kinds = tally<ChildKind>(cards.map((card) => card.kind));
  const channels = tally(cards.map((card) => card.channel));
  return (
    <div
      className={`${styles.bar} ${screen.filter}`}
      role="toolbar"
      aria-label={t('separation.filter.label')}
    >
      <div className={styles.search}>
        <Search aria-hidden="true" />
        <input
          ref={input}
          type="search"
          value={filter.text}
          aria-label={t('separation.filter.text')}
          placeholder={t('separation.filter.text')}
          onChange={(event) => board.show({ text: event.target.value })}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' && event.key !== 'Enter') return;
            if (event.ctrlKey || event.metaKey) return;
            event.preventDefault();
            if (event.key === 'Escape') board.show({ text: '' });
            const { column, active } = board.store.getState();
            board.focus(column, active[column]);
          }}
          data-testid="filter-text"
        />
      </div>
      <span className={styles.chips}>
        {kinds.length > 1 &&
          kinds.map(([kind, number]) => (
            <Chip
              key={kind}
              on={filter.kind === kind}
              onPress={() => board.show({ kind: filter.kind === kind ? null : kind })}
              testId={`filter-kind-${kind}`}
            >
              {t(`children.kind.${kind}`)} <span className={styles.number}>{count(number)}</span>
            </Chip>
          ))}
      </span>
      <span className={styles.chips}>
        {channels.map(([channel, number]) => (
          <Chip
            key={channel}
            on={filter.channel === channel}
            onPress={() => board.show({ channel: filter.channel === channel ? null : channel })}
            testId={`filter-channel-${channel}`}
          >
            {t(`separation.channel.${channel}`, { defaultValue: channel })}{' '}
            <span className={styles.number}>{count(number)}</span>
          </Chip>
        ))}
      </span>
      <DayFilter which="after" />
      <DayFilter which="before" />
      <span className={styles.chips}>
        <Chip
          on={filter.undecided}
          onPress={() => board.show({ undecided: !filter.undecided })}
          testId="filter-undecided"
        >
          {t('separation.filter.undecided')}
        </Chip>
        <Chip
          on={filter.likely}
          onPress={() => board.show({ likely: !filter.likely })}
          testId="filter-likely"
        >
          {t('separation.filter.likely', { percent: SURE })}
        </Chip>
        {narrows(filter) && (
          <Button
            look="quiet"
            icon={<X />}
            label={t('separation.filter.clear')}
            onPress={() => board.show(EVERYTHING)}
            data-testid="filter-clear"
          />
        )}
      </span>
      <BulkBar />
    </div>
  );
});

interface ChipProps {
  on: boolean;
  onPress: () => void;
  testId: string;
  children: React.ReactNode;
}

function Chip({ on, onPress, testId, children }: ChipProps) {
  return (
    <button type="button" aria-pressed={on} className={styles.chip} onClick={onPress} data-testid={testId}>
      {children}
    </button>
  );
}
