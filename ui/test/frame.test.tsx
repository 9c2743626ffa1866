import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
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
