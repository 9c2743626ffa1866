import { create } from 'zustand';

/** Something said, told apart from the same words said before. */
interface Said {
  number: number;
  text: string;
}

/** What was said last, to whoever listens instead of looking; the newest at the end. */
export const useAnnouncements = create<{ said: Said[] }>(() => ({ said: [] }));

/** So many stay in the page: one that is removed before it is told would be lost. */
const KEPT = 3;

let next = 1;

/** Tells a screen reader at once. */
export function announce(text: string): void {
  const number = next++;
  useAnnouncements.setState(({ said }) => ({ said: [...said, { number, text }].slice(-KEPT) }));
}
