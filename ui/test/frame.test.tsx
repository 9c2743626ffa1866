import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { fresh } from '../src/ipc/testing/frame';
import { useAnnouncements } from '../src/shared/announce/announce';
import { COMMANDS, type Command } from '../src/shared/keys/commands';
import { violations } from './axe';
import { refusalOf } from './refusals';
import { callsOf, find, openWindow } from './window';

test('? shows every key, from the list the keys come from', async () => {
  const { user } = openWindow();
  await find('queue-row-review-0');
  await user.keyboard('{Shift>}?{/Shift}');
  const sheet = await find('key-sheet');
  const all: readonly Command[] = COMMANDS;
  expect(within(sheet).getAllByRole('term')).toHaveLength(all.filter((each) => each.keys.length > 0).length);
  expect(await violations()).toEqual([]);
  await user.keyboard('{Escape}');
  await expect.poll(() => screen.queryByTestId('key-sheet')).toBeNull();
});

test('the palette finds a command and does it', async () => {
  const { user } = openWindow();
  await find('queue-row-review-0');
  await user.keyboard('{Control>}k{/Control}');
  await find('palette');
  await user.keyboard('outb{ArrowDown}{Enter}');
  expect(await find('outbox')).toBeTruthy();
});

test('g o and g q go to the outbox and back', async () => {
  const { user } = openWindow();
  await find('queue-row-review-0');
  await user.keyboard('go');
  expect(await find('outbox')).toBeTruthy();
  await user.keyboard('gq');
  expect(await find('queue')).toBeTruthy();
});

test('what the server supports is said in words', async () => {
  const { user } = openWindow();
  await find('queue-row-review-0');
  await user.click(screen.getByTestId('account-menu'));
  await user.click(await screen.findByRole('menuitem', { name: 'What this server supports' }));
  expect((await find('supports')).textContent).toContain('Notes are not shown beside the fields.');
});

test('signing out comes back to the way in', async () => {
  const { user } = openWindow();
  await find('queue-row-review-0');
  await user.click(screen.getByTestId('account-menu'));
  await user.click(await screen.findByRole('menuitem', { name: 'Sign out' }));
  expect(await find('connect')).toBeTruthy();
});

test('the sandbox is reset only after a question', async () => {
  const { user, fake } = openWindow();
  await find('queue-row-review-0');
  await user.click(screen.getByTestId('account-menu'));
  await user.click(await screen.findByRole('menuitem', { name: 'Reset the sandbox…' }));
  const commit = await find('commit');
  expect(callsOf(fake, 'resetSandbox')).toEqual([]);
  await user.click(commit);
  await expect.poll(() => callsOf(fake, 'resetSandbox')).toHaveLength(1);
});

test('what is off in the panel says why', async () => {
  const { user, fake } = openWindow({ status: { connection: 'offline' } });
  await find('queue-row-review-0');
  fake.add(fresh({ opId: 'op', kind: 'merge', subject: 'review-9', title: 'Pair' }, 60_000));
  await user.click(screen.getByTestId('status-sync'));
  expect((await find('panel-waiting')).textContent).toContain('has to wait until the server can be reached');
  fake.set({ status: { connection: 'online', syncing: true } });
  await expect
    .poll(() => screen.getByTestId('panel-connection').textContent)
    .toContain('It loads and sends already.');
});

test('a session that is over says so and keeps the work in sight', async () => {
  const { fake } = openWindow();
  await find('queue-row-review-0');
  fake.set({ status: { connection: 'signedOut' } });
  expect(await screen.findByText('Your session is over.')).toBeTruthy();
  expect(screen.getByTestId('queue-row-review-0')).toBeTruthy();
});

test('loading is counted', async () => {
  const { fake } = openWindow();
  await find('queue-row-review-0');
  fake.set({ status: { syncing: true, loaded: 1200, total: 10_000 } });
  await expect.poll(() => screen.getByTestId('status').textContent).toContain('1,200 of 10,000');
  expect(screen.getByRole('progressbar', { name: 'Reviews loaded' }).getAttribute('value')).toBe('1200');
  // What comes after the last review takes its time, and is not counted.
  fake.set({ status: { loaded: 10_000 } });
  await expect.poll(() => screen.getByTestId('status').textContent).toContain('Loading: finishing');
  expect(screen.queryByRole('progressbar')).toBeNull();
});

test('data that cannot be opened is said, and tried again', async () => {
  const { fake, user } = openWindow();
  await find('queue-row-review-0');
  fake.refuse('open', refusalOf({ code: 'storage', message: 'The disk is full.' }));
  fake.push({ reopen: true });
  // What was open stays; only a window with nothing to show says that it failed.
  expect(screen.getByTestId('queue-row-review-0')).toBeTruthy();
  fake.refuse('open', null);
  await user.keyboard('j');
  expect(screen.getByRole('option', { selected: true }).dataset.testid).toBe('queue-row-review-1');
});

test('density and theme reach the document', async () => {
  const { user } = openWindow();
  await find('queue-row-review-0');
  await user.click(screen.getByTestId('account-menu'));
  await user.click(await screen.findByRole('menuitem', { name: 'Compact' }));
  expect(document.documentElement.dataset.density).toBe('compact');
  await user.keyboard('{Control>}={/Control}');
  expect(document.documentElement.style.getPropertyValue('--text-scale')).toBe('1.15');
});

const entry = (n: number, change: object = {}) => ({
  ...fresh({ opId: `op-${n}`, kind: 'merge', subject: `review-${n}`, title: `Pair ${n}` }, 60_000),
  ...change,
});

const said = () => (useAnnouncements.getState().said ?? []).map(({ text }) => text);

test('the line says whether the server answers, and how old what is shown is', async () => {
  const { fake } = openWindow();
  await find('queue-row-review-0');
  const syncedAt = new Date(Date.now() - 4.9 * 60_000).toISOString();
  fake.set({ status: { syncedAt } });
  await expect.poll(() => screen.getByTestId('status-sync').textContent).toBe('Onlineloaded 4 minutes ago');
  expect(within(screen.getByTestId('status-sync')).getByText('4 minutes ago').title).toMatch(/\d{4}/);
  fake.set({ status: { connection: 'offline', syncedAt: null } });
  await expect.poll(() => screen.getByTestId('status-sync').textContent).toBe('Offlinenothing loaded yet');
});

test('the numbers of the line lead to their part of the outbox', async () => {
  const { user, fake } = openWindow();
  await find('queue-row-review-0');
  fake.add(entry(1));
  fake.add(entry(2, { state: 'sending', hold: 'none' }));
  fake.add(entry(3, { state: 'uncertain', hold: 'none' }));
  fake.add(entry(4, { hold: 'review_needed' }));
  expect((await find('status-needsYou')).textContent).toBe('1 needs you');
  expect(screen.getByTestId('status-waiting').textContent).toBe('1 waiting');
  expect(screen.getByTestId('status-sending').textContent).toBe('2 on their way');
  expect(await violations()).toEqual([]);
  await user.click(screen.getByTestId('status-needsYou'));
  expect(window.location.hash).toBe('#/outbox/needsYou');
  await user.click(screen.getByTestId('status-waiting'));
  expect(window.location.hash).toBe('#/outbox/waiting');
});

test('countdowns: to the next sending, and to the end of a pause', async () => {
  const { fake } = openWindow();
  await find('queue-row-review-0');
  fake.add(entry(1, { cancelUntil: new Date(Date.now() + 60_000).toISOString() }));
  expect((await find('status-next')).textContent).toMatch(/next sends in [2-6]\d s/);
  const pausedUntil = new Date(Date.now() + 580_000).toISOString();
  fake.add(entry(2, { hold: 'server_paused', cancelUntil: null, pausedUntil }));
  expect((await find('status-pause')).textContent).toMatch(/paused for (9|10) min/);
});

test('what the server said last is in the line, where it answers all the same', async () => {
  const { fake } = openWindow();
  await find('queue-row-review-0');
  fake.set({ status: { trouble: 'Too many requests' } });
  expect((await find('status-trouble')).textContent).toBe('The server answered: Too many requests');
});

test('a press on the line opens a panel with a line for each thing, and its way on', async () => {
  const { user, fake } = openWindow({ status: { trouble: 'Too many requests' } });
  await find('queue-row-review-0');
  fake.add(entry(1));
  fake.add(entry(2, { state: 'conflict', hold: 'none' }));
  await user.click(screen.getByTestId('status-sync'));
  const panel = await find('sync-panel');
  expect(within(panel).getByTestId('panel-connection').textContent).toContain('127.0.0.1:2212 answers.');
  expect(within(panel).getByTestId('panel-connection').textContent).toContain('Too many requests');
  await expect
    .poll(() => within(panel).getByTestId('panel-cached').textContent)
    .toContain('53 of 214 open reviews are here in full');
  expect(within(panel).getByTestId('panel-waiting').textContent).toContain('1 can still be undone');
  expect(within(panel).getByTestId('panel-needsYou').textContent).toContain('1 decision needs you.');
  expect(await violations()).toEqual([]);
  await user.click(within(panel).getByTestId('panel-sync-now'));
  expect(callsOf(fake, 'syncNow')).toHaveLength(1);
  await user.click(within(panel).getByTestId('panel-show-needsYou'));
  expect(window.location.hash).toBe('#/outbox/needsYou');
  await expect.poll(() => screen.queryByTestId('sync-panel')).toBeNull();
});

test('the panel leads to a look before sending', async () => {
  const { user, fake } = openWindow();
  await find('queue-row-review-0');
  fake.add(entry(1));
  await user.click(screen.getByTestId('status-sync'));
  await user.click(await find('panel-rehearse'));
  await expect.poll(() => callsOf(fake, 'rehearse')).toEqual([['op-1']]);
  expect(screen.queryByTestId('sync-panel')).toBeNull();
});

test('the panel leads to taking along, and to signing in again', async () => {
  const { user, fake } = openWindow();
  await find('queue-row-review-0');
  await user.click(screen.getByTestId('status-sync'));
  await user.click(await find('panel-take'));
  expect(await find('take-sheet')).toBeTruthy();
  await user.keyboard('{Escape}');
  await expect.poll(() => screen.queryByTestId('take-sheet')).toBeNull();
  fake.set({ status: { connection: 'signedOut' } });
  await user.click(screen.getByTestId('status-sync'));
  await user.click(await find('panel-sign-in'));
  expect(await find('connect')).toBeTruthy();
});

test('only what changes the work is spoken, once', async () => {
  useAnnouncements.setState({ said: [] });
  const { fake } = openWindow();
  await find('queue-row-review-0');
  fake.set({ status: { syncing: true, loaded: 10, total: 100 } });
  fake.set({ status: { syncing: false } });
  fake.set({ status: { connection: 'offline' } });
  await expect.poll(said).toEqual(['Offline. Go on working: what you decide is saved here.']);
  fake.set({ status: { connection: 'connecting' } });
  fake.set({ status: { connection: 'offline' } });
  fake.set({ status: { connection: 'online' } });
  await expect.poll(said).toHaveLength(2);
  expect(said()[1]).toBe('Online again.');
  fake.add(entry(1, { state: 'conflict', hold: 'none' }));
  await expect.poll(said).toHaveLength(3);
  expect(said()[2]).toBe('1 decision needs you.');
});
