import { memo, type PointerEvent, useCallback, useLayoutEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useScroll } from '../../shared/list/useScroll';
import { offsetsOf, windowOf } from '../../shared/list/windowing';
import { count } from '../../shared/numbers';
import { useRem } from '../../shared/useRem';
import styles from './Board.module.css';
import { Card } from './Card';
import { useBoard, useBoardState, usePlanPart } from './EditorContext';
import { nameOf } from './names';
import { PlaceBadge } from './PlaceBadge';
import { type Column, heightOf, type Item, rowsOf } from './rows';
import { useColumnFocus } from './useColumnFocus';

interface Props {
  column: Column;
  items: Item[];
  total: number;
  onPress: (event: PointerEvent, column: Column, key: string, keys: readonly string[]) => void;
}

/** Cards drawn beyond what is in sight. */
const BEYOND = 6;

/** One of the three places: its cards in lanes by kind, of which only those in sight are in the document. */
export const ColumnView = memo(function ColumnView({ column, items, total, onPress }: Props) {
  const { t } = useTranslation();
  const board = useBoard();
  const rem = useRem();
  const expanded = useBoardState((state) => state.expanded);
  const active = useBoardState((state) => state.active[column]);
  const turn = useBoardState((state) => state.turns[column]);
  const over = useBoardState((state) => state.held !== null && state.held.over === column);
  const contactName = usePlanPart(({ state }) => (column === 'undecided' ? '' : nameOf(state.lines, column)));
  const { scroller, top, height, onScroll } = useScroll();

  const rows = useMemo(() => rowsOf(items), [items]);
  const offsets = useMemo(
    () => offsetsOf(rows.map((row) => Math.round(heightOf(row, (key) => expanded.has(key)) * rem))),
    [rows, expanded, rem],
  );
  const keys = useMemo(() => items.map((item) => item.key), [items]);
  // Where it was, if it left: the keys go on with what took its place.
  const lastIndex = useRef(0);
  const found = useMemo(() => (active === null ? -1 : keys.indexOf(active)), [keys, active]);
  const index = found >= 0 ? found : Math.max(0, Math.min(lastIndex.current, keys.length - 1));
  useLayoutEffect(() => {
    lastIndex.current = index;
  }, [index]);
  const activeKey = keys[index];
  const activeRow = useMemo(
    () => rows.findIndex((row) => 'item' in row && row.item.key === activeKey),
    [rows, activeKey],
  );
  const [from, to] = windowOf(offsets, top, height, BEYOND);

  const { onFocus, onBlur } = useColumnFocus({ scroller, turn, rows, activeRow, offsets });
  const press = useCallback(
    (event: PointerEvent, key: string) => onPress(event, column, key, keys),
    [onPress, column, keys],
  );
  const activate = useCallback((key: string) => board.activate(column, key), [board, column]);

  const drawn = Array.from({ length: to - from }, (_, i) => from + i);
  if (activeRow >= 0 && !drawn.includes(activeRow)) drawn.push(activeRow);
  return (
    <section
      className={`${styles.column} ${styles[column]} ${over ? styles.over : ''}`}
      data-column={column}
      aria-label={t(`separation.column.${column}`)}
      data-testid={`column-${column}`}
    >
      <h2 className={styles.columnHead}>
        <PlaceBadge place={column} />
        <span className={styles.columnName}>{contactName || t(`separation.column.${column}`)}</span>
        <span className={styles.number} data-testid={`count-${column}`}>
          {items.length === total
            ? count(total)
            : t('separation.of', { shown: count(items.length), total: count(total) })}
        </span>
      </h2>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: takes the focus when its last card leaves. */}
      <div
        ref={scroller}
        className={styles.scroll}
        data-scroll
        tabIndex={-1}
        onScroll={onScroll}
        onFocus={onFocus}
        onBlur={onBlur}
      >
        {items.length === 0 ? (
          <p className={styles.empty}>
            {t(total > 0 ? 'separation.noneShown' : `separation.empty.${column}`)}
          </p>
        ) : (
          // biome-ignore lint/a11y/useSemanticElements: cards of known heights, of which only those in sight are drawn.
          <div
            role="grid"
            aria-label={t(`separation.column.${column}`)}
            aria-multiselectable="true"
            aria-rowcount={items.length}
            className={styles.cards}
            style={{ height: offsets.at(-1) }}
          >
            {drawn.map((i) => {
              const row = rows[i];
              const top = offsets[i] ?? 0;
              const height = (offsets[i + 1] ?? 0) - top;
              if (!row) return null;
              if ('lane' in row)
                return (
                  <div key={row.lane} className={styles.lane} style={{ top, height }} role="presentation">
                    {t(`children.kind.${row.lane}`)} <span className={styles.number}>{count(row.count)}</span>
                  </div>
                );
              const { key } = row.item;
              return (
                <Card
                  key={key}
                  item={row.item}
                  column={column}
                  top={top}
                  height={height}
                  position={row.position + 1}
                  tabbable={i === activeRow}
                  onPress={press}
                  onActive={activate}
                />
              );
            })}
          </div>
        )}
      </div>
    </section>
  );
});
