import { expect, test } from 'vitest';
import type { Changes, QueueRow } from '../../ipc/bindings';
import { createFake } from '../../ipc/testing/fake';
import { rowOf } from '../../ipc/testing/reviews';
import { missingPages, PAGE, withChanges, withPage } from './rows';
import { createQueue, place } from './store';

const rows = (from: number, to: number): QueueRow[] =>
  Array.from({ length: to - from }, (_, i) => rowOf(from + i));

function change(more: Partial<Changes>): Changes {
  const counts = { queue: 0, phoneConflicts: 0, outbox: 0, needsPerson: 0 };
  const status = {
    connection: 'online' as const,
    syncing: false,
    loaded: 0,
    total: null,
    syncedAt: null,
    nextSendAt: null,
    trouble: null,
    taking: null,
  };
  const rows = { upserts: [], removals: [], outbox: [], contacts: [] };
  return { revision: 2, ...rows, counts, status, closing: null, reopen: false, ...more };
}

test('a page far down leaves holes above it, and only the pages in sight are missing', () => {
  const list = withPage({ rows: [], total: 0 }, 400, { rows: rows(400, 600), total: 1000, revision: 1 });
  expect(list.total).toBe(1000);
  expect(list.rows[400]?.reviewId).toBe('review-400');
  expect(missingPages(list, 390, 620)).toEqual([200, 600]);
  expect(missingPages(list, 410, 590)).toEqual([]);
  expect(missingPages(list, 900, 5000)).toEqual([800]);
});

test('a row that leaves closes its gap and keeps the holes', () => {
  const list = withPage({ rows: [], total: 0 }, PAGE, { rows: rows(200, 210), total: 300, revision: 1 });
  const next = withChanges(list, change({ removals: ['review-203'] }));
  expect(next.total).toBe(299);
  expect(next.rows[0]).toBeUndefined();
  expect(next.rows[202]?.reviewId).toBe('review-202');
  expect(next.rows[203]?.reviewId).toBe('review-204');
  expect(next.rows).toHaveLength(209);
});

test('a row that changed changes in place', () => {
  const list = withPage({ rows: [], total: 0 }, 0, { rows: rows(0, 3), total: 3, revision: 1 });
  const next = withChanges(list, change({ upserts: [{ ...rowOf(1), local: 'needsYou' }] }));
  expect(next.rows.map((row) => row?.local)).toEqual(['open', 'needsYou', 'open']);
});

test('neighbours of a review, and the first row for one that is not in the list', () => {
  const list = rows(0, 3);
  expect(place(list, 'review-1')).toEqual({ index: 1, next: 'review-2', previous: 'review-0' });
  expect(place(list, 'review-2')).toEqual({ index: 2, next: null, previous: 'review-1' });
  expect(place(list, 'elsewhere')).toEqual({ index: -1, next: 'review-0', previous: null });
});

test('100,000 rows are read by the page, and what is in sight is all that is read', async () => {
  const fake = createFake({ reviews: 100_000 });
  const queue = createQueue(fake.backend);
  queue.show({});
  await expect.poll(() => queue.store.getState().total).toBe(100_000);
  queue.look(50_000, 50_040);
  await expect.poll(() => queue.store.getState().rows[50_010]?.reviewId).toBe('review-50010');
  const offsets = fake.calls.map((call) => (call.argument as { offset: number }).offset);
  expect(offsets).toEqual([0, 50_000]);
});

test('a search that was overtaken does not answer any more', async () => {
  const fake = createFake();
  const queue = createQueue(fake.backend);
  queue.show({ search: 'Aoife' });
  queue.show({ search: 'Tomasz' });
  await expect.poll(() => queue.store.getState().loaded).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(queue.store.getState().rows[0]?.candidateName).toContain('Tomasz');
});

test('a row that came back is placed by reading again', async () => {
  const fake = createFake({ reviews: 5 });
  const queue = createQueue(fake.backend);
  queue.show({});
  await expect.poll(() => queue.store.getState().loaded).toBe(true);
  queue.receive(change({ revision: 1, upserts: [rowOf(77)] }));
  await expect.poll(() => fake.calls.length).toBe(2);
});

test('when the current row leaves, the one that takes its place is current', async () => {
  const fake = createFake({ reviews: 3 });
  const queue = createQueue(fake.backend);
  queue.show({});
  await expect.poll(() => queue.store.getState().loaded).toBe(true);
  queue.focus('review-1');
  queue.receive(change({ removals: ['review-1'] }));
  expect(queue.store.getState().current).toBe('review-2');
  queue.receive(change({ revision: 3, removals: ['review-2'] }));
  expect(queue.store.getState().current).toBe('review-0');
});
