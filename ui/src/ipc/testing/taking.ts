import type { Backend } from '../backend';
import type { TakeRequest, TakingView } from '../bindings';
import type { Answer } from './fake';

/** Bytes that a review takes, and its messages beside it. */
const REVIEW = 24_000;
const MESSAGES = 60_000;
const STEPS = 5;

interface World {
  answer: Answer;
  reviews: number;
  tell: (taking: TakingView) => void;
}

/** The made-up application's part about taking reviews along. */
export function taking({
  answer,
  reviews,
  tell,
}: World): Pick<Backend, 'takeSize' | 'takeAlong' | 'stopTaking'> {
  let timer: ReturnType<typeof setInterval> | undefined;
  let last: TakingView | null = null;
  const say = (next: TakingView): void => {
    last = next;
    if (!next.running) clearInterval(timer);
    tell(next);
  };
  const sizeOf = ({ count, messages }: TakeRequest) => {
    const found = Math.min(count, reviews);
    const here = Math.floor(found / 4);
    return { reviews: found, here, bytes: (found - here) * (REVIEW + (messages ? MESSAGES : 0)) };
  };
  return {
    takeSize: (request) => answer('takeSize', request, () => sizeOf(request)),
    takeAlong: (request) =>
      answer('takeAlong', request, () => {
        const { reviews: total, bytes } = sizeOf(request);
        const at = (step: number): TakingView => ({
          done: Math.round((total * step) / STEPS),
          total,
          failed: 0,
          bytes: Math.round((bytes * step) / STEPS),
          running: step < STEPS,
          ended: null,
        });
        let step = 0;
        clearInterval(timer);
        say(at(step));
        timer = setInterval(() => {
          step += 1;
          say(at(step));
        }, 400);
      }),
    stopTaking: () =>
      answer('stopTaking', null, () => {
        if (last?.running) say({ ...last, running: false, ended: 'You ended it.' });
      }),
  };
}
