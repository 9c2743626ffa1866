import { type RefObject, useCallback, useEffect, useMemo, useReducer, useRef } from 'react';
import { offsetsOf } from './windowing';

/**
 * Where each row of a list begins, when rows are as high as what is in them: measured while they are in the document,
 * taken as `estimate` before. Rows carry their key in `data-key` and `watch` as their ref.
 */
export function useHeights(
  keys: readonly string[],
  estimate: (key: string) => number,
  scroller: RefObject<HTMLElement | null>,
) {
  const heights = useRef(new Map<string, number>());
  const [version, changed] = useReducer((n: number) => n + 1, 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version means that a height is another.
  const offsets = useMemo(
    () => offsetsOf(keys.map((key) => heights.current.get(key) ?? estimate(key))),
    [keys, estimate, version],
  );
  const places = useRef<{ keys: readonly string[]; offsets: number[] }>({ keys, offsets });
  useEffect(() => {
    places.current = { keys, offsets };
  });
  const observer = useRef<ResizeObserver>(undefined);
  const watch = useCallback(
    (row: HTMLElement | null) => {
      if (!row) return;
      observer.current ??= new ResizeObserver((seen) => {
        let [any, above] = [false, 0];
        for (const { target } of seen) {
          const { key } = (target as HTMLElement).dataset;
          const height = (target as HTMLElement).offsetHeight;
          if (key === undefined || height === 0) continue;
          const before = heights.current.get(key) ?? estimate(key);
          heights.current.set(key, height);
          if (before === height) continue;
          any = true;
          const at = places.current.offsets[places.current.keys.indexOf(key)] ?? 0;
          if (at + before <= (scroller.current?.scrollTop ?? 0)) above += height - before;
        }
        if (!any) return;
        // What is read must not move because a row above it turned out to be higher.
        if (above !== 0 && scroller.current) scroller.current.scrollTop += above;
        changed();
      });
      const watching = observer.current;
      watching.observe(row);
      return () => watching.unobserve(row);
    },
    [estimate, scroller],
  );
  useEffect(() => () => observer.current?.disconnect(), []);
  return { offsets, watch };
}
