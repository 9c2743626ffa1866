import { create } from 'zustand';

/** The decision the admin was on: coming back from it leads there again. */
export const usePlace = create<{ current: string | null }>(() => ({ current: null }));

export const goTo = (opId: string | null): void => usePlace.setState({ current: opId });
