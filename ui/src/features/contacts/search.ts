import { create } from 'zustand';

/** What was typed last: who comes back from a separation finds the list as it was. */
export const useSearchText = create<{ text: string }>(() => ({ text: '' }));

export const searchFor = (text: string): void => useSearchText.setState({ text });

/** Forgets it, so that nothing of one account is seen in another. */
export const forgetSearch = (): void => searchFor('');
