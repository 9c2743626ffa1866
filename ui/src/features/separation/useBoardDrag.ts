import {
  type PointerEvent as ReactPointerEvent,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
} from 'react';
import { createAutoscroll } from '../../shared/drag/autoscroll';
import { followPress, type Point } from '../../shared/drag/sensor';
import { useBoard } from './EditorContext';
import { COLUMNS, type Column } from './rows';
import { useMove } from './useMove';

/** The column below the pointer, or the tab that stands for it. */
function columnAt({ x, y }: Point): { column: Column | null; element: Element | null } {
  const element = document.elementFromPoint(x, y)?.closest('[data-column]') ?? null;
  const name = element?.getAttribute('data-column');
  return { column: COLUMNS.find((each) => each === name) ?? null, element };
}

/** Cards by pointer: a click selects, a drag takes them to another column. */
export function useBoardDrag(holder: RefObject<HTMLElement | null>, ghost: RefObject<HTMLElement | null>) {
  const board = useBoard();
  const { move } = useMove();
  const latest = useRef(move);
  useLayoutEffect(() => {
    latest.current = move;
  });
  const giveUp = useRef<() => void>(() => {});
  const autoscroll = useMemo(() => createAutoscroll(() => {}), []);
  useEffect(
    () => () => {
      giveUp.current();
      autoscroll.stop();
    },
    [autoscroll],
  );

  return useCallback(
    (event: ReactPointerEvent, column: Column, key: string, keys: readonly string[]): void => {
      const element = holder.current;
      if (!element) return;
      const follow = ({ x, y }: Point): void => {
        if (ghost.current) ghost.current.style.transform = `translate(${x + 12}px, ${y + 8}px)`;
        const over = columnAt({ x, y });
        const { held } = board.store.getState();
        if (held && held.over !== over.column) board.set({ held: { ...held, over: over.column } });
        autoscroll.hold(over.element?.querySelector('[data-scroll]') ?? null, y);
      };
      const end = (): void => {
        autoscroll.stop();
        board.set({ held: null });
      };
      giveUp.current = followPress(event.nativeEvent, element, {
        onPress: (up) => {
          if (up.shiftKey) board.upTo(key, keys);
          else if (up.ctrlKey || up.metaKey) board.toggle(key);
          else board.only(key);
          board.activate(column, key);
        },
        onStart: (at) => {
          board.set({ held: { keys: board.about(key), over: column, by: 'pointer' } });
          follow(at);
        },
        onMove: follow,
        onDrop: (at) => {
          const { held } = board.store.getState();
          end();
          const over = columnAt(at).column;
          if (held && over && over !== column) latest.current(held.keys, over);
        },
        onCancel: end,
      });
    },
    [holder, ghost, board, autoscroll],
  );
}
