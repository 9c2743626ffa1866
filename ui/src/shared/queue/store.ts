import { createStore } from 'zustand/vanilla';
import type { Backend } from '../../ipc/backend';
import type { Changes, QueueFilter, QueueRow, QueueSort } from '../../ipc/bindings';
import { type Refusal, toRefusal } from '../../ipc/refusal';
import { missingPages, PAGE, type Rows, unsettles, withChanges, withPage } from './rows';

export interface QueueState extends Rows {
  filter: QueueFilter;
  sort: QueueSort;
  search: string;
  /** Id of the row the admin is on. */
  current: string | null;
  /** Whether anything has arrived. While another view is on its way, the last one stays. */
  loaded: boolean;
  /** Rises when the first page of another view arrives. */
  shown: number;
  failure: Refusal | null;
}

type View = Pick<QueueState, 'filter' | 'sort' | 'search'>;

const EMPTY = { rows: [], total: 0 };

/** How long changes are gathered before the rows in sight are read again, in milliseconds. */
const QUIET = 200;

/** The queue as the list and the review both see it: which rows, in which order, and on which one the admin is. */
export function createQueue(backend: Backend) {
  const store = createStore<QueueState>(() => ({
    filter: 'open',
    sort: 'scoreDown',
    search: '',
    current: null,
    loaded: false,
    shown: 0,
    failure: null,
    ...EMPTY,
  }));
  const loading = new Set<number>();
  let view = 0;
  /** Whether the rows are still those of the view before. */
  let old = false;
  /** Revision of the last change that touched rows. */
  let touched = 0;
  let inSight: [number, number] = [0, PAGE];
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function load(offset: number): Promise<void> {
    if (loading.has(offset)) return;
    loading.add(offset);
    const mine = view;
    const { filter, sort, search } = store.getState();
    try {
      const page = await backend.queue({ filter, sort, search, offset, limit: PAGE });
      if (mine !== view) return;
      const { shown } = store.getState();
      const list = withPage(old ? EMPTY : store.getState(), offset, page);
      store.setState({ ...list, loaded: true, failure: null, shown: old ? shown + 1 : shown });
      old = false;
      // The page was read before a change that is on the screen already: read it once more.
      if (page.revision < touched) refreshSoon();
    } catch (thrown) {
      if (mine !== view) return;
      store.setState({ failure: toRefusal(thrown), ...(old ? { ...EMPTY, loaded: false } : {}) });
    } finally {
      if (mine === view) loading.delete(offset);
    }
  }

  function refresh(): void {
    view += 1;
    loading.clear();
    const { rows } = store.getState();
    // What is in sight stays until its news arrives; the rest is read when it comes into sight.
    const kept: Rows['rows'] = [];
    for (let i = inSight[0]; i < Math.min(inSight[1], rows.length); i++) kept[i] = rows[i];
    store.setState({ rows: kept });
    const first = Math.floor(inSight[0] / PAGE) * PAGE;
    for (let offset = first; offset < Math.max(inSight[1], first + 1); offset += PAGE) void load(offset);
  }

  function refreshSoon(): void {
    clearTimeout(timer);
    timer = setTimeout(refresh, QUIET);
  }

  return {
    store,
    refresh,
    /** Forgets every row, so that nothing of one account is seen in another. */
    clear(): void {
      store.setState({ ...EMPTY, loaded: false });
    },
    /** Shows another filter, order or search, from its top. */
    show(next: Partial<View>): void {
      view += 1;
      loading.clear();
      inSight = [0, PAGE];
      old = true;
      store.setState({ ...next, current: null, failure: null });
      void load(0);
    },
    /** Says which rows are on the screen, and loads those that are missing. */
    look(from: number, to: number): void {
      inSight = [from, to];
      for (const offset of missingPages(store.getState(), from, to)) void load(offset);
    },
    /** Marks the row the admin is on. */
    focus(current: string | null): void {
      store.setState({ current });
    },
    /** Applies what the application pushed; `null` reads everything again. */
    receive(changes: Changes | null): void {
      if (!changes) {
        refresh();
        return;
      }
      if (changes.upserts.length === 0 && changes.removals.length === 0) return;
      touched = changes.revision;
      const state = store.getState();
      const decided = state.filter === 'decided';
      if (decided || unsettles(state, changes)) refreshSoon();
      if (decided) return;
      const next = withChanges(state, changes);
      store.setState({ ...next, current: successor(state, next.rows) });
    },
  };
}

export type QueueStore = ReturnType<typeof createQueue>;

/** The row the admin is on, or, if it left, the one that took its place. */
function successor({ rows, current }: QueueState, next: Rows['rows']): string | null {
  if (current === null || next.some((row) => row?.reviewId === current)) return current;
  const index = rows.findIndex((row) => row?.reviewId === current);
  return (next[index] ?? next[index - 1])?.reviewId ?? null;
}

/** Where a review stands in the list, and who its neighbours are, as far as they are loaded. */
export function place(rows: (QueueRow | undefined)[], reviewId: string) {
  const index = rows.findIndex((row) => row?.reviewId === reviewId);
  const at = (i: number) => (i < 0 ? null : (rows[i]?.reviewId ?? null));
  return index < 0
    ? { index, next: at(0), previous: null }
    : { index, next: at(index + 1), previous: at(index - 1) };
}
