import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../shared/keys/useCommand';
import { useQueue, useQueueStore } from '../../shared/queue/QueueContext';
import { navigate } from '../../shared/route';
import styles from './Queue.module.css';
import { QueueItem } from './QueueItem';
import { useRowHeight } from './useRowHeight';

const LIST = 'queue-list';

/** Rows beyond the edges of what is seen, so that a scroll does not show a gap. */
const OVERSCAN = 12;

/** Brings the keyboard to the list. */
export function focusList(): void {
  document.getElementById(LIST)?.focus();
}

/**
 * A list of any length: only the rows in sight are in the document, and their pages are asked for as they come.
 * One stop for Tab; the row the admin is on is its active descendant.
 */
export function QueueList() {
  const { t } = useTranslation();
  const queue = useQueueStore();
  const rows = useQueue((state) => state.rows);
  const total = useQueue((state) => state.total);
  const current = useQueue((state) => state.current);
  const list = useRef<HTMLDivElement>(null);
  const { height: rowHeight, narrow } = useRowHeight(list);
  const [view, setView] = useState({ top: 0, height: 600 });

  const index = Math.max(0, current === null ? 0 : rows.findIndex((row) => row?.reviewId === current));
  const from = Math.max(0, Math.floor(view.top / rowHeight) - OVERSCAN);
  const to = Math.min(total, Math.ceil((view.top + view.height) / rowHeight) + OVERSCAN);

  const measure = useCallback(() => {
    const element = list.current;
    if (element) setView({ top: element.scrollTop, height: element.clientHeight });
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each mount, to where the admin was.
  useLayoutEffect(() => {
    if (list.current) list.current.scrollTop = Math.max(0, (index - 4) * rowHeight);
    measure();
    // From a review nothing has the focus; whoever is typing a search keeps it.
    if (document.activeElement === document.body) list.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    if (!list.current) return;
    const observer = new ResizeObserver(measure);
    observer.observe(list.current);
    return () => observer.disconnect();
  }, [measure]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `rows` too: a change may have made holes.
  useEffect(() => queue.look(from, to), [queue, from, to, rows]);

  const go = (wanted: number) => {
    const next = Math.min(total - 1, Math.max(0, wanted));
    const element = list.current;
    if (element) {
      const top = next * rowHeight;
      if (top < element.scrollTop) element.scrollTop = top;
      const bottom = top + rowHeight - element.clientHeight;
      if (bottom > element.scrollTop) element.scrollTop = bottom;
    }
    queue.look(next - 1, next + 1);
    queue.focus(rows[next]?.reviewId ?? null);
  };
  const page = Math.max(1, Math.floor(view.height / rowHeight) - 1);
  const open = (id: string | undefined) => {
    if (!id) return;
    queue.focus(id);
    navigate({ screen: 'review', reviewId: id });
  };
  useCommand('next', () => go(index + 1));
  useCommand('previous', () => go(index - 1));
  useCommand('pageDown', () => go(index + page));
  useCommand('pageUp', () => go(index - page));
  useCommand('first', () => go(0));
  useCommand('last', () => go(total - 1));
  useCommand('open', () => open(rows[index]?.reviewId));

  const active = rows[index]?.reviewId;
  const inSight = active !== undefined && index >= from && index < to;
  return (
    <div
      id={LIST}
      ref={list}
      className={`${styles.list} own-scrollbar ${narrow ? styles.narrow : ''}`}
      role="listbox"
      aria-label={t('queue.list')}
      aria-activedescendant={inSight ? `queue-row-${active}` : undefined}
      tabIndex={0}
      onScroll={measure}
    >
      <div role="presentation" style={{ height: total * rowHeight, position: 'relative' }}>
        {Array.from({ length: Math.max(0, to - from) }, (_, i) => {
          const row = rows[from + i];
          const place = { top: (from + i) * rowHeight, height: rowHeight };
          return row ? (
            <QueueItem
              key={row.reviewId}
              row={row}
              place={place}
              position={from + i + 1}
              total={total}
              selected={from + i === index}
              onOpen={open}
            />
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: a hole is nothing but its place.
            <div key={`hole-${from + i}`} className={styles.hole} style={place} aria-hidden="true" />
          );
        })}
      </div>
    </div>
  );
}
