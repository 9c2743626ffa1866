import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { ConflictView, OutboxEntry } from '../src/ipc/bindings';
import { conflictOf } from '../src/ipc/testing/comparing';
import { fresh } from '../src/ipc/testing/frame';
import { violations } from './axe';
import { refusalOf } from './refusals';
import { callsOf, find, openWindow } from './window';

const STUCK: OutboxEntry = {
  ...fresh({ opId: 'op-1', kind: 'merge', subject: 'review-3', title: 'Jane Doe → Janet Doe' }, 0),
  state: 'conflict',
  hold: 'none',
  cancelUntil: null,
  canRetry: false,
  canCompare: true,
  note: 'One person',
};

/** The conflict screen of one decision. */
async function compared(change: Partial<OutboxEntry> = {}, answer?: Partial<ConflictView>, options = {}) {
  const opened = openWindow(options, '#/queue');
  const { fake } = opened;
  await find('queue-row-review-0');
  const entry = { ...STUCK, ...change };
  fake.add({ ...STUCK, opId: 'op-2', title: 'Ann Lee → Anne Lee' });
  fake.add(entry);
  const { conflict } = fake.backend;
  if (answer) fake.backend.conflict = async (id) => ({ ...(await conflict(id)), ...answer });
  window.location.hash = '#/outbox/op-1';
  return { ...opened, view: await find('conflict') };
}

const cells = (path: string) =>
  within(screen.getByTestId(`conflict-row-${path}`))
    .getAllByRole('cell')
    .map((cell) => cell.textContent);

test('three columns, what changed first and marked in words, and what changed beside them', async () => {
  const { view } = await compared();
  const table = await find('conflict-table');
  const heads = within(table).getAllByRole('columnheader');
  expect(heads.map((head) => head.textContent)).toEqual([
    'Field',
    'When you decided',
    'Now',
    'Your decision',
  ]);
  expect(cells('candidate.email')).toEqual([
    'jane.doe@example.com',
    'jane@example.org',
    'jane.doe@example.com',
  ]);
  expect(cells('candidate.phoneNumber')).toEqual(['+1 416 555 0100', 'nothing', '+1 416 555 0100']);
  const changed = screen
    .getAllByTestId(/^conflict-row-/)
    .map((row) => within(row).queryByText('changed') !== null);
  expect(changed).toEqual([true, true, false, false]);
  expect(screen.getByTestId('conflict-also').textContent).toContain('A note appeared');
  expect(screen.getByTestId('conflict-read').textContent).toContain('read from the server');
  expect(within(view).queryByTestId('outbox-retry')).toBeNull();
  expect(await violations()).toEqual([]);
});

test('many values that are as they were are folded away', async () => {
  const row = (n: number) => ({
    path: `f${n}`,
    label: `F${n}`,
    whenDecided: 'a',
    now: n ? 'a' : 'b',
    mine: 'a',
    changed: n === 0,
  });
  const { user } = await compared({}, { rows: Array.from({ length: 12 }, (_, n) => row(n)) });
  await find('conflict-table');
  expect(screen.getAllByTestId(/^conflict-row-/)).toHaveLength(1);
  await user.click(screen.getByText('Show 11 values that are as they were'));
  expect(screen.getAllByTestId(/^conflict-row-/)).toHaveLength(12);
});

test('offline it says that the server was not asked, and what is not known', async () => {
  const rows = [{ path: 'email', label: 'E-mail', whenDecided: 'a', now: null, mine: 'a', changed: false }];
  await compared({}, { rows, readAt: null }, { status: { connection: 'offline' } });
  expect((await find('conflict-not-read')).textContent).toContain('The server could not be asked');
  expect(cells('email')).toEqual(['a', 'not known', 'a']);
  expect(await violations()).toEqual([]);
});

test('while it is read it says so; what cannot be read is told, and asked for again', async () => {
  const { fake, user } = openWindow({}, '#/queue');
  await find('queue-row-review-0');
  fake.add(STUCK);
  fake.refuse('conflict', refusalOf({ code: 'server', message: 'The record cannot be read.' }));
  window.location.hash = '#/outbox/op-1';
  expect((await find('error')).textContent).toBe('The record cannot be read.');
  fake.refuse('conflict', null);
  await user.click(screen.getByText('Try again'));
  await find('conflict-table');

  let answer: (view: ConflictView) => void = () => {};
  fake.backend.conflict = () => new Promise((resolve) => (answer = resolve));
  window.location.hash = '#/outbox';
  await find('outbox-entry-op-1');
  window.location.hash = '#/outbox/op-1';
  await screen.findByText('Reading what the server has now…');
  answer(conflictOf(STUCK, true));
  await find('conflict-table');
});

test('“decide anew” leads to the review with what was decided, by key as well', async () => {
  const { user } = await compared({ canEdit: true });
  await find('conflict-anew');
  await user.keyboard('c');
  await expect.poll(() => window.location.hash).toBe('#/review/review-3/change');
});

test('“decide anew” of what cannot be changed leads to the review as it is', async () => {
  const { user } = await compared({ canEdit: false });
  await user.click(await find('conflict-anew'));
  await expect.poll(() => window.location.hash).toBe('#/review/review-3');
});

test('where nothing is left to decide it says so, and giving up says what it means', async () => {
  const { fake, user, view } = await compared({ kind: 'separate' }, { anew: null });
  await find('conflict-table');
  expect(screen.queryByTestId('conflict-anew')).toBeNull();
  expect(view.textContent).toContain('Nothing is left to decide about.');
  expect(view.textContent).toContain('“Dismiss” gives the decision up: nothing of it is sent');
  await user.click(screen.getByTestId('outbox-withdraw'));
  await screen.findByText('This decision is settled');
  expect(callsOf(fake, 'withdraw')).toEqual(['op-1']);
});

test('reading a contact for the comparison does not begin the next reading', async () => {
  const { fake, user } = openWindow({}, '#/queue');
  await find('queue-row-review-0');
  fake.add({ ...STUCK, kind: 'separate', subject: 'contact-c3' });
  const { conflict } = fake.backend;
  // As the application does: what it reads, it announces, before the answer and after it.
  fake.backend.conflict = async (id) => {
    fake.push({ contacts: ['contact-c3'] });
    const view = await conflict(id);
    setTimeout(() => fake.push({ contacts: ['contact-c3'] }));
    return view;
  };
  window.location.hash = '#/outbox/op-1';
  const again = await find('conflict-reload');
  await waitFor(() => expect(again).toHaveProperty('disabled', false));
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(callsOf(fake, 'conflict')).toEqual(['op-1']);
  await user.click(again);
  await expect.poll(() => callsOf(fake, 'conflict')).toEqual(['op-1', 'op-1']);
});

test('the key of giving up asks first, and leaves it alone when it is not meant', async () => {
  const { fake, user } = await compared();
  await find('conflict-table');
  await user.keyboard('w');
  const sheet = await find('give-up-sheet');
  expect(sheet.textContent).toContain('Jane Doe → Janet Doe');
  expect(await violations()).toEqual([]);
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByTestId('give-up-sheet')).toBeNull());
  expect(callsOf(fake, 'withdraw')).toEqual([]);
  await user.keyboard('w');
  await user.click(await find('give-up-confirm'));
  await expect.poll(() => callsOf(fake, 'withdraw')).toEqual(['op-1']);
});

test('its alert is not shown beside it, and leaves when nobody is needed any more', async () => {
  const { fake } = await compared();
  await find('conflict-table');
  fake.settle('op-1', { state: 'refused', reason: 'The server refused it.' });
  await screen.findAllByText('The server refused it.', { exact: false });
  const toasts = () => screen.queryAllByTestId('toast').map((toast) => toast.textContent);
  expect(toasts().filter((text) => text?.includes('Jane Doe'))).toEqual([]);
  expect(toasts().filter((text) => text?.includes('Ann Lee'))).toHaveLength(1);
  fake.settle('op-2', { state: 'superseded' });
  await expect.poll(toasts).toEqual([]);
});

test('n goes round those that need somebody, u and Escape go back', async () => {
  const { user, view } = await compared();
  await find('conflict-table');
  expect(view.textContent).toContain('of 2 that need you');
  await user.keyboard('n');
  await expect.poll(() => window.location.hash).toBe('#/outbox/op-2');
  await user.keyboard('n');
  await expect.poll(() => window.location.hash).toBe('#/outbox/op-1');
  await user.keyboard('{Escape}');
  await expect.poll(() => window.location.hash).toBe('#/outbox');
  await waitFor(() => expect(screen.getByTestId('outbox')).toBeTruthy());
});

test('where nothing can be saved, deciding anew and giving up are off, with the reason', async () => {
  const readOnly = 'The disk is full.';
  const { view } = await compared({ canEdit: true }, {}, { files: { readOnly } });
  expect(await find('conflict-anew')).toHaveProperty('disabled', true);
  expect(screen.getByTestId('outbox-withdraw')).toHaveProperty('disabled', true);
  expect(view.textContent).toContain(readOnly);
});
