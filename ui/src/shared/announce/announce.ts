import { create } from 'zustand';

/** Something said, told apart from the same words said before. */
interface Said {
  number: number;
  text: string;
}

/** What was said last, to whoever listens instead of looking; the newest at the end. `null` before the first. */
export const useAnnouncements = create<{ said: Said[] | null }>(() => ({ said: null }));

/** So many stay in the page: one that is removed before it is told would be lost. */
const KEPT = 3;

/** The region has to stand in the page for a moment before anything in it is told. In milliseconds. */
const SETTLES = 100;

let next = 1;

/** Tells a screen reader, at once but for the first time. */
export function announce(text: string): void {
  const number = next++;
  const say = () =>
    useAnnouncements.setState(({ said }) => ({ said: [...(said ?? []), { number, text }].slice(-KEPT) }));
  if (useAnnouncements.getState().said) {
    say();
    return;
  }
  useAnnouncements.setState({ said: [] });
  setTimeout(say, SETTLES);
}
