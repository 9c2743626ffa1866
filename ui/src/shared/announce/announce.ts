import { create } from 'zustand';

/** What was said last to whoever listens instead of looking. */
export const useAnnouncement = create<{ text: string }>(() => ({ text: '' }));

/** Tells a screen reader at once. The same words twice are said twice: an invisible space makes them new. */
export function announce(text: string): void {
  useAnnouncement.setState((before) => ({ text: before.text === text ? `${text}\u00a0` : text }));
}
