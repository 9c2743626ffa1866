import { useEffect, useState } from 'react';
import { useBackend } from '../../ipc/BackendContext';
import type { TakeRequest, TakeSize } from '../../ipc/bindings';
import { type Refusal, toRefusal } from '../../ipc/refusal';

/** How long a number that is typed rests before it is reckoned with, in milliseconds. */
const REST = 150;

interface Reckoned {
  size: TakeSize | null;
  refusal: Refusal | null;
}

interface Answer extends Reckoned {
  /** What it is about. */
  of: string;
}

const NOTHING: Reckoned = { size: null, refusal: null };

/** What taking this along would mean; nothing until it is reckoned. `null` asks nothing. */
export function useTakeSize(request: TakeRequest | null): Reckoned {
  const backend = useBackend();
  const [reckoned, setReckoned] = useState<Answer | null>(null);
  // By what it says: a request that is made anew with the same words asks nothing new.
  const asked = JSON.stringify(request);
  useEffect(() => {
    const wanted: TakeRequest | null = JSON.parse(asked);
    let current = true;
    if (!wanted) return;
    const timer = setTimeout(() => {
      backend.takeSize(wanted).then(
        (size) => current && setReckoned({ of: asked, size, refusal: null }),
        (thrown: unknown) => current && setReckoned({ of: asked, size: null, refusal: toRefusal(thrown) }),
      );
    }, REST);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [backend, asked]);
  // Never what an earlier wish would have meant: it is started by these numbers.
  return reckoned?.of === asked ? reckoned : NOTHING;
}
