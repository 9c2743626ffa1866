import { fireEvent, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { Refusal } from '../src/ipc/refusal';
import { rowOf } from '../src/ipc/testing/reviews';
import { violations } from './axe';
import { callsOf, find, openWindow } from './window';

const selected = () => screen.getByRole('option', { selected: true }).dataset.testid;

test('rows are shown, counted and moved through by key', async () => {
  const { user } = openWindow();
  await find('queue-row-review-0');
  expect(screen.getByTestId('nav-queue').textContent).toContain('214');
  expect(selected()).toBe('queue-row-review-0');
  await user.keyboard('jj{ArrowDown}k');
  expect(selected()).toBe('queue-row-review-2');
  await user.keyboard('{Enter}');
  expect(await find('review')).toBeTruthy();
  expect(window.location.hash).toBe('#/review/review-2');
  expect(await violations()).toEqual([]);
});

test('a score reads in the queue as it does in its review', async () => {
  const { user } = openWindow();
  const row = await find('queue-row-review-1');
  expect(within(row).getByText('97 %')).toBeTruthy();
  await user.keyboard('jj');
  expect(within(await find('queue-row-review-2')).getByText('96.6 %')).toBeTruthy();
  await user.keyboard('{Enter}');
  expect((await find('review')).textContent).toContain('Why 96.6 %');
});

test('only rows in sight are in the document, and the last is one key away', async () => {
  const { user } = openWindow({ reviews: 100_000 });
  await find('queue-row-review-0');
  expect(screen.getAllByRole('option').length).toBeLessThan(60);
  await user.keyboard('{End}');
  const list = screen.getByRole('listbox');
  list.dispatchEvent(new Event('scroll'));
  expect(await find('queue-row-review-99999')).toBeTruthy();
  expect((await find('queue-row-review-99999')).getAttribute('aria-posinset')).toBe('100000');
});

test('the queue has nothing that axe minds', async () => {
  openWindow();
  await find('queue-row-review-0');
  expect(await violations()).toEqual([]);
});

test('/ searches; Escape clears and goes back to the list', async () => {
  const { user, fake } = openWindow();
  await find('queue-row-review-0');
  await user.keyboard('/');
  const box = screen.getByTestId('queue-search');
  expect(document.activeElement).toBe(box);
  await user.keyboard('Aoife');
  await expect.poll(() => callsOf(fake, 'queue').at(-1)).toMatchObject({ search: 'Aoife', offset: 0 });
  await user.keyboard('{Escape}');
  await expect.poll(() => callsOf(fake, 'queue').at(-1)).toMatchObject({ search: '' });
});

test('a search that was cleared stays so, however quickly one goes elsewhere', async () => {
  const { user } = openWindow();
  await find('queue-row-review-0');
  await user.type(screen.getByTestId('queue-search'), 'aoife');
  await expect.poll(() => screen.queryByTestId('queue-row-review-0')).toBeNull();
  // Both in one tick: no pause of the typing can have passed in between.
  fireEvent.keyDown(screen.getByTestId('queue-search'), { key: 'Escape' });
  window.location.hash = '#/outbox';
  await find('outbox');
  window.location.hash = '#/queue';
  expect(await find('queue-row-review-0')).toBeTruthy();
  expect((screen.getByTestId('queue-search') as HTMLInputElement).value).toBe('');
});

test('a search without result says so and offers the way back', async () => {
  const { user } = openWindow();
  await find('queue-row-review-0');
  await user.type(screen.getByTestId('queue-search'), 'nobody at all');
  expect(await screen.findByText('Nobody found for “nobody at all”')).toBeTruthy();
  const [button] = screen.getAllByRole('button', { name: 'Clear the search' }).slice(-1);
  if (button) await user.click(button);
  expect(await find('queue-row-review-0')).toBeTruthy();
});

test('phone conflicts are one press away', async () => {
  const { user } = openWindow();
  await find('queue-row-review-0');
  await user.click(screen.getByTestId('nav-phone-conflicts'));
  const row = await find('queue-row-review-4');
  expect(within(row).getByText('phone conflict')).toBeTruthy();
  expect(screen.queryByTestId('queue-row-review-0')).toBeNull();
});

test('an empty queue and a failed one say what they are', async () => {
  openWindow({ reviews: 0 });
  expect(await screen.findByText('No review waits')).toBeTruthy();
  expect(await violations()).toEqual([]);
});

test('a queue that cannot be read shows why, and reads again', async () => {
  const { fake, user } = openWindow();
  await find('queue-row-review-0');
  fake.refuse(
    'queue',
    new Refusal({ code: 'storage', message: 'The cache is locked.', hint: null, field: null }),
  );
  await user.click(screen.getByTestId('nav-fuzzy'));
  expect((await find('error')).textContent).toContain('The cache is locked.');
  fake.refuse('queue', null);
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await find('queue-row-review-0')).toBeTruthy();
});

test('a row decided elsewhere leaves without a reading', async () => {
  const { fake } = openWindow();
  await find('queue-row-review-1');
  const before = callsOf(fake, 'queue').length;
  fake.push({ removals: [rowOf(1).reviewId] });
  await expect.poll(() => screen.queryByTestId('queue-row-review-1')).toBeNull();
  expect(callsOf(fake, 'queue')).toHaveLength(before);
});

test('offline is said, with what it means', async () => {
  const { fake } = openWindow();
  await find('queue-row-review-0');
  fake.set({ status: { connection: 'offline', trouble: 'The connection was refused.' } });
  expect((await find('offline')).textContent).toContain('The connection was refused.');
  expect(screen.getByTestId('connection').textContent).toBe('Offline');
});

test('a review that is here in full says so, in words as well', async () => {
  openWindow();
  const row = await find('queue-row-review-0');
  expect(within(row).getByTestId('row-here').textContent).toBe('here in full');
  expect(within(row).getByTestId('row-here').title).toContain('without a network');
  expect(within(screen.getByTestId('queue-row-review-3')).queryByTestId('row-here')).toBeNull();
});

test('offline, the queue and a review say how old what they show is', async () => {
  const { fake, user } = openWindow();
  await find('queue-row-review-0');
  expect(screen.queryByTestId('queue-as-of')).toBeNull();
  const syncedAt = new Date(Date.now() - 2.5 * 3_600_000).toISOString();
  fake.set({ status: { connection: 'offline', syncedAt } });
  expect((await find('queue-as-of')).textContent).toBe(' · as of 2 hours ago');
  await user.keyboard('{Enter}');
  expect((await find('review-read')).textContent).toMatch(/^as of /);
  fake.set({ status: { syncedAt: null } });
  window.location.hash = '#/queue';
  expect((await find('queue-as-of')).textContent).toBe(' · never loaded as a whole');
});
