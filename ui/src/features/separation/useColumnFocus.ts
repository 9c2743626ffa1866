import { type FocusEvent, type RefObject, useLayoutEffect, useRef } from 'react';
import { scrollTo } from '../../shared/list/windowing';
import type { Row } from './rows';

interface Column {
  scroller: RefObject<HTMLElement | null>;
  /** Rises when the active card is to take the focus. */
  turn: number;
  rows: Row[];
  /** Which of the rows is the active card; -1 if there is none. */
  activeRow: number;
  offsets: number[];
}

/** Brings the focus to the active card of a column when asked to, and when the card that had it went elsewhere. */
export function useColumnFocus({ scroller, turn, rows, activeRow, offsets }: Column) {
  const hadFocus = useRef(false);
  const done = useRef(0);
  const focus = (): void => {
    const element = scroller.current;
    if (!element) return;
    if (activeRow >= 0) {
      // With the head of its lane, if it is the first of all.
      const start = activeRow === 1 ? 0 : activeRow;
      element.scrollTop = scrollTo(offsets, start, element.scrollTop, element.clientHeight);
    }
    const card = element.querySelector<HTMLElement>('[data-card][tabindex="0"]');
    (card ?? element).focus({ preventScroll: true });
    // Where everything scrolls as one, the column itself may be out of sight. Not when it opens: that begins at the top.
    if (turn > 1) (card ?? element).scrollIntoView({ block: 'nearest' });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: when it was asked for, to where the card is then.
  useLayoutEffect(() => {
    if (turn > done.current) focus();
    done.current = turn;
  }, [turn]);
  // Only when rows come and go: whoever scrolls must not be brought back.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  useLayoutEffect(() => {
    if (hadFocus.current && document.activeElement === document.body) focus();
  }, [rows]);
  return {
    onFocus: () => {
      hadFocus.current = true;
    },
    onBlur: (event: FocusEvent) => {
      // A card that leaves the document names nobody who has the focus instead.
      if (event.relatedTarget) hadFocus.current = false;
    },
  };
}
