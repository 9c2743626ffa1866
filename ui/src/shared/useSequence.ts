import { useCallback, useEffect, useRef, useState } from 'react';
import { type Refusal, toRefusal } from '../ipc/refusal';

/** How far it is, and what could not be done. */
export interface Sequence<T> {
  done: number;
  total: number;
  failed: { item: T; refusal: Refusal }[];
  running: boolean;
}

/** Does something to many, one after the other; what is refused is kept, and the rest goes on. Ends when it is left. */
export function useSequence<T>() {
  const [sequence, setSequence] = useState<Sequence<T> | null>(null);
  const round = useRef(0);
  const stop = useCallback(() => {
    round.current += 1;
    setSequence((before) => before && { ...before, running: false });
  }, []);
  const clear = useCallback(() => setSequence(null), []);
  const start = useCallback(
    async (items: readonly T[], call: (item: T) => Promise<unknown>): Promise<Sequence<T>> => {
      round.current += 1;
      const mine = round.current;
      let state: Sequence<T> = { done: 0, total: items.length, failed: [], running: true };
      setSequence(state);
      for (const item of items) {
        let failed = state.failed;
        try {
          await call(item);
        } catch (thrown) {
          failed = [...failed, { item, refusal: toRefusal(thrown) }];
        }
        if (mine !== round.current) return { ...state, running: false };
        state = { ...state, done: state.done + 1, failed };
        setSequence(state);
      }
      state = { ...state, running: false };
      setSequence(state);
      return state;
    },
    [],
  );
  useEffect(
    () => () => {
      round.current += 1;
    },
    [],
  );
  return { sequence, start, stop, clear };
}
