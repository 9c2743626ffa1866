import { create } from 'zustand';

/** The decision the admin was on: coming back from it leads there again. */
export const usePlace = create<{ current: string | null }>(() => ({ current: null }));

let quiet = false;

/** Puts the keys on a decision. */
export function goTo(opId: string | null): void {
  if (!quiet) usePlace.setState({ current: opId });
}

/** Moves the focus without the admin having gone there. */
export function quietly(focus: () => void): void {
  quiet = true;
  focus();
  quiet = false;
}
