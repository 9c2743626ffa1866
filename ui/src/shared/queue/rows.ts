import type { Changes, QueuePage, QueueRow } from '../../ipc/bindings';

/** Rows asked for at once. */
export const PAGE = 200;

/** What is known of a list that may have 100,000 rows: a sparse array, filled by pages. */
export interface Rows {
  rows: (QueueRow | undefined)[];
  total: number;
}

/** Puts a page in its place; the total is the page's. */
export function withPage({ rows }: Rows, offset: number, page: QueuePage): Rows {
  const next = rows.slice(0, page.total);
  page.rows.forEach((row, i) => {
    next[offset + i] = row;
  });
  return { rows: next, total: page.total };
}

/** Offsets of the pages that are needed to show rows `from` to `to` and are not there. */
export function missingPages({ rows, total }: Rows, from: number, to: number): number[] {
  const offsets = new Set<number>();
  for (let i = Math.max(0, from); i < Math.min(to, total); i++) {
    if (rows[i] === undefined) offsets.add(Math.floor(i / PAGE) * PAGE);
  }
  return [...offsets];
}

/** The list after a change: rows that left close the gap, rows that changed change in place. */
export function withChanges(list: Rows, changes: Changes): Rows {
  const gone = new Set(changes.removals);
  const news = new Map(changes.upserts.map((row) => [row.reviewId, row]));
  let left = 0;
  // `flatMap` and `filter` would close the holes of a sparse array: holes are rows not yet loaded.
  const rows: Rows['rows'] = [];
  for (let i = 0; i < list.rows.length; i++) {
    const row = list.rows[i];
    if (row && gone.has(row.reviewId)) left += 1;
    else rows[i - left] = row && (news.get(row.reviewId) ?? row);
  }
  return { rows, total: list.total - left };
}

/** Whether a change may have moved something that cannot be placed from here: only Rust knows the order. */
export function unsettles(list: Rows, changes: Changes): boolean {
  const known = new Set(list.rows.flatMap((row) => (row ? [row.reviewId] : [])));
  return [...changes.upserts.map((row) => row.reviewId), ...changes.removals].some((id) => !known.has(id));
}
