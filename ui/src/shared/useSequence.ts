import { useCallback, useEffect, useRef, useState } from 'react';
import { type Refusal, toRefusal } from '../ipc/refusal';

/** How far it is, and what could not be done. */
export interface Sequence<T> {
  done: number;
  total: number;
  failed: { item: T; refusal: Refusal }[];
  /** Until the last that was begun has been answered. */
  running: boolean;
  /** Whether no other is begun any more. */
  stopping: boolean;
}

/** What a sequence came to. */
export interface Ended<T> extends Sequence<T> {
  /** Whether what showed it was gone before the end: somebody else has to say how far it came. */
  left: boolean;
}

/** One run of it, and whether it is to end early. */
interface Run {
  stopping: boolean;
  left: boolean;
}

/**
 * Does something to many, one after the other; what is refused is kept, and the rest goes on. Stopped or left, it ends
 * with the one that is under way, which counts.
 */
export function useSequence<T>() {
  const [sequence, setSequence] = useState<Sequence<T> | null>(null);
  const current = useRef<Run | null>(null);
  const stop = useCallback(() => {
    if (current.current) current.current.stopping = true;
    setSequence((before) => before && { ...before, stopping: before.running });
  }, []);
  const clear = useCallback(() => setSequence(null), []);
  const start = useCallback(
    async (items: readonly T[], call: (item: T) => Promise<unknown>): Promise<Ended<T>> => {
      if (current.current) current.current.stopping = true;
      const mine: Run = { stopping: false, left: false };
      current.current = mine;
      let state: Sequence<T> = {
        done: 0,
        total: items.length,
        failed: [],
        running: true,
        stopping: false,
      };
      const show = (next: Sequence<T>) => {
        state = next;
        if (current.current === mine && !mine.left) setSequence(state);
      };
      show(state);
      for (const item of items) {
        let { failed } = state;
        try {
          await call(item);
        } catch (thrown) {
          failed = [...failed, { item, refusal: toRefusal(thrown) }];
        }
        show({ ...state, done: state.done + 1, failed, stopping: mine.stopping });
        if (mine.stopping) break;
      }
      show({ ...state, running: false, stopping: false });
      return { ...state, left: mine.left };
    },
    [],
  );
  useEffect(
    () => () => {
      const run = current.current;
      if (!run) return;
      run.stopping = true;
      run.left = true;
    },
    [],
  );
  return { sequence, start, stop, clear };
}
