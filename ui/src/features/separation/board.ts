import { createStore } from 'zustand/vanilla';
import { EVERYTHING, type Filter } from './filter';
import { COLUMNS, type Column } from './rows';

/** Which part of the screen the keys are for. */
export type Zone = 'lines' | 'cards' | 'timeline';

export interface BoardState {
  filter: Filter;
  /** Keys of the cards that are selected. */
  selected: ReadonlySet<string>;
  /** From where Shift selects. */
  anchor: string | null;
  /** The card of each column that has, or last had, the focus. */
  active: Readonly<Record<Column, string | null>>;
  /** The column the keys are for. */
  column: Column;
  /** Rises for a column when its active card is to take the focus. */
  turns: Readonly<Record<Column, number>>;
  zone: Zone;
  /** Cards whose evidence is open. */
  expanded: ReadonlySet<string>;
  /** Cards that are held, by pointer or by key, and over which column. */
  held: { keys: readonly string[]; over: Column | null; by: 'pointer' | 'key' } | null;
  /** The conversation whose messages are open. */
  conversation: string | null;
  /** Column that a narrow window shows. */
  tab: Column;
}

const toggled = <T>(set: ReadonlySet<T>, value: T): ReadonlySet<T> => {
  const next = new Set(set);
  if (!next.delete(value)) next.add(value);
  return next;
};

/** What is looked at and selected: belongs to the window, and is not kept. */
export function createBoard() {
  const store = createStore<BoardState>(() => ({
    filter: EVERYTHING,
    selected: new Set(),
    anchor: null,
    active: { original: null, undecided: null, new: null },
    column: 'undecided',
    turns: { original: 0, undecided: 0, new: 0 },
    zone: 'cards',
    expanded: new Set(),
    held: null,
    conversation: null,
    tab: 'undecided',
  }));
  const { getState: get, setState: set } = store;
  return {
    store,
    set,
    show: (filter: Partial<Filter>) =>
      set({ filter: { ...get().filter, ...filter }, selected: new Set(), anchor: null }),
    /** Marks a card as the one the keys are for. */
    activate: (column: Column, key: string | null) =>
      set({ column, zone: 'cards', active: { ...get().active, [column]: key } }),
    /** And brings the focus to it. */
    focus: (column: Column, key: string | null) =>
      set({
        column,
        tab: column,
        zone: 'cards',
        active: { ...get().active, [column]: key },
        turns: { ...get().turns, [column]: get().turns[column] + 1 },
      }),
    toggle: (key: string) => set({ selected: toggled(get().selected, key), anchor: key }),
    only: (key: string) => set({ selected: new Set([key]), anchor: key }),
    /** Selects from the anchor to a card, in the order of its column. */
    upTo(key: string, keys: readonly string[]): void {
      const [from, to] = [keys.indexOf(get().anchor ?? key), keys.indexOf(key)].sort((a, b) => a - b);
      set({ selected: new Set([...get().selected, ...keys.slice(Math.max(0, from ?? 0), (to ?? 0) + 1)]) });
    },
    selectAll: (keys: readonly string[]) => set({ selected: new Set(keys) }),
    clear: () => set({ selected: new Set(), anchor: null }),
    expand: (key: string) => set({ expanded: toggled(get().expanded, key) }),
    /** The cards that a key or a drag of one card is about: all selected, if it is one of them. */
    about(key: string): string[] {
      const { selected } = get();
      return selected.has(key) ? [...selected] : [key];
    },
  };
}

export type Board = ReturnType<typeof createBoard>;

/** The column so many steps to the right, at most at the edge. */
export const beside = (column: Column, step: number): Column =>
  COLUMNS[Math.min(COLUMNS.length - 1, Math.max(0, COLUMNS.indexOf(column) + step))] ?? column;
