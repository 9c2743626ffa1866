import { useCallback, useRef, useState } from 'react';
import { type Refusal, toRefusal } from '../ipc/refusal';

/** Something asked of the application: whether it is under way, and what it was refused with. */
export interface Action<A extends unknown[]> {
  run: (...args: A) => Promise<boolean>;
  busy: boolean;
  refusal: Refusal | null;
  clear: () => void;
}

/** Runs one call at a time; a second press while it is under way does nothing. Answers whether it succeeded. */
export function useAction<A extends unknown[]>(call: (...args: A) => Promise<unknown>): Action<A> {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const under = useRef(false);
  const run = useCallback(
    async (...args: A) => {
      if (under.current) return false;
      under.current = true;
      setBusy(true);
      setRefusal(null);
      try {
        await call(...args);
        return true;
      } catch (thrown) {
        setRefusal(toRefusal(thrown));
        return false;
      } finally {
        under.current = false;
        setBusy(false);
      }
    },
    [call],
  );
  const clear = useCallback(() => setRefusal(null), []);
  return { run, busy, refusal, clear };
}
