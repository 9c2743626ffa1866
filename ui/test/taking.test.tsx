import { screen, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { TakingView } from '../src/ipc/bindings';
import { violations } from './axe';
import { refusalOf } from './refusals';
import { callsOf, find, openWindow } from './window';

const running: TakingView = { done: 120, total: 500, failed: 0, bytes: 34e6, running: true, ended: null };

async function atTheSheet(options: Parameters<typeof openWindow>[0] = {}) {
  const { user, fake } = openWindow(options);
  await find('queue-row-review-0');
  await user.click(screen.getByTestId('take-along'));
  return { user, fake, sheet: await find('take-sheet') };
}

test('what it means is said before it begins', async () => {
  const { sheet, fake } = await atTheSheet();
  expect(screen.getByTestId('take-covers').textContent).toBe('From the top of the queue · Most alike first');
  await expect
    .poll(() => screen.getByTestId('take-size').textContent)
    .toBe('200 reviews · 50 of them are here already · about 13 MB on this disk');
  expect(within(sheet).getByRole('button', { name: /Take 200 along/ })).toBeTruthy();
  expect(callsOf(fake, 'takeAlong')).toEqual([]);
  expect(await violations()).toEqual([]);
});

test('without the messages it is less, and the list is the one that is filtered', async () => {
  const { user, fake } = openWindow();
  await find('queue-row-review-0');
  await user.click(screen.getByTestId('nav-phone-conflicts'));
  await user.click(screen.getByTestId('take-along'));
  await find('take-sheet');
  await user.click(screen.getByTestId('take-messages'));
  await user.click(screen.getByTestId('take-50'));
  await expect.poll(() => screen.getByTestId('take-size').textContent).toContain('about 912 kB');
  await user.keyboard('{Control>}{Enter}{/Control}');
  await expect
    .poll(() => callsOf(fake, 'takeAlong'))
    .toEqual([{ count: 50, filter: 'phoneConflicts', sort: 'scoreDown', search: '', messages: false }]);
});

test.each([
  ['17', 17],
  ['5000', 5000],
])('a number of one’s own: %s', async (typed, count) => {
  const { user, fake } = await atTheSheet();
  await user.click(screen.getByTestId('take-own'));
  await user.type(await find('take-own-number'), typed);
  await expect.poll(() => callsOf(fake, 'takeSize').at(-1)).toMatchObject({ count });
});

test.each(['0', '5001', '-3', '2.5', 'many'])('%s is no such number, and starts nothing', async (typed) => {
  const { user } = await atTheSheet();
  await user.click(screen.getByTestId('take-own'));
  await user.type(await find('take-own-number'), typed);
  expect((await find('error')).textContent).toBe('A whole number from 1 to 5,000.');
  expect((screen.getByTestId('take-start') as HTMLButtonElement).disabled).toBe(true);
});

test('it runs on beside the work, with its count, and ends in words', async () => {
  const { user, fake } = await atTheSheet();
  await expect.poll(() => (screen.getByTestId('take-start') as HTMLButtonElement).disabled).toBe(false);
  await user.click(screen.getByTestId('take-start'));
  expect((await find('taking-done')).textContent).toContain('of 200 reviews are here in full');
  await user.click(screen.getByTestId('take-hide'));
  await expect.poll(() => screen.queryByTestId('take-sheet')).toBeNull();
  expect((await find('status-taking')).textContent).toContain('of 200');
  expect(
    await screen.findByText('200 reviews are here in full. You can decide them without a network.'),
  ).toBeTruthy();
  expect(screen.queryByTestId('status-taking')).toBeNull();
  expect(callsOf(fake, 'stopTaking')).toEqual([]);
});

test('it can be ended from the line, and what failed is counted', async () => {
  const { user, fake } = openWindow();
  await find('queue-row-review-0');
  fake.set({ status: { taking: running } });
  expect((await find('status-taking')).textContent).toBe('Taking along: 120 of 500');
  await user.click(screen.getByTestId('status-taking-stop'));
  expect(callsOf(fake, 'stopTaking')).toHaveLength(1);
  fake.set({ status: { taking: { ...running, failed: 3, running: false, ended: 'You ended it.' } } });
  await user.click(screen.getByTestId('take-along'));
  expect((await find('take-ended')).textContent).toBe(
    'It ended early: 120 of 500 reviews are here in full. You ended it. 3 could not be read whole; they are tried again at the next taking.',
  );
});

test('a sheet that is open shows how far it is, and stops', async () => {
  const { user, fake } = await atTheSheet();
  fake.set({ status: { taking: { ...running, failed: 2 } } });
  expect((await find('taking-done')).textContent).toBe('120 of 500 reviews are here in full, 34 MB.');
  expect(screen.getByTestId('take-sheet').textContent).toContain('2 could not be read whole');
  expect(await violations()).toEqual([]);
  await user.click(screen.getByTestId('take-stop'));
  expect(callsOf(fake, 'stopTaking')).toHaveLength(1);
});

test('whoever watches it is told how it ended, with the focus on the way on', async () => {
  const { user, fake } = await atTheSheet();
  fake.set({ status: { taking: running } });
  await find('take-stop');
  fake.set({ status: { taking: { ...running, done: 500, running: false } } });
  expect((await find('take-ended')).textContent).toContain('500 reviews are here in full.');
  expect(document.activeElement).toBe(screen.getByTestId('take-done'));
  await user.click(screen.getByTestId('take-more'));
  expect(await find('take-start')).toBeTruthy();
});

test('one that is over before it was seen to run ends in words too, not in the form again', async () => {
  const { user, fake } = await atTheSheet();
  fake.set({ status: { taking: { ...running, running: false, ended: 'An earlier one.' } } });
  await expect.poll(() => (screen.getByTestId('take-start') as HTMLButtonElement).disabled).toBe(false);
  // Begun, and told of only when it had ended.
  const begun = vi.spyOn(fake.backend, 'takeAlong').mockResolvedValue();
  await user.click(screen.getByTestId('take-start'));
  await expect.poll(() => begun.mock.calls).toHaveLength(1);
  expect(screen.queryByTestId('take-done')).toBeNull();
  expect((screen.getByTestId('take-start') as HTMLButtonElement).disabled).toBe(true);
  fake.set({ status: { taking: { ...running, done: 20, total: 20, running: false } } });
  const done = await find('take-done');
  expect(document.activeElement).toBe(done);
  expect(screen.getByTestId('take-ended').textContent).toContain('20 reviews are here in full.');
});

test('it starts with no number that the size shown is not about', async () => {
  const { user, fake } = await atTheSheet();
  await expect.poll(() => screen.getByTestId('take-start').textContent).toContain('Take 200 along');
  await user.click(screen.getByTestId('take-50'));
  expect((screen.getByTestId('take-start') as HTMLButtonElement).disabled).toBe(true);
  expect(screen.getByTestId('take-size').textContent).toBe('Looking…');
  await user.keyboard('{Control>}{Enter}{/Control}');
  expect(callsOf(fake, 'takeAlong')).toEqual([]);
  await expect.poll(() => screen.getByTestId('take-start').textContent).toContain('Take 50 along');
});

test('offline it has to wait, and says so', async () => {
  await atTheSheet({ status: { connection: 'offline' } });
  expect(screen.getByTestId('take-off').textContent).toContain('cannot be reached');
  expect((screen.getByTestId('take-start') as HTMLButtonElement).disabled).toBe(true);
});

test('what cannot be reckoned or begun says why', async () => {
  const { user, fake } = await atTheSheet();
  await expect.poll(() => (screen.getByTestId('take-start') as HTMLButtonElement).disabled).toBe(false);
  fake.refuse('takeAlong', refusalOf({ code: 'storage', message: 'The disk is full.' }));
  await user.click(screen.getByTestId('take-start'));
  expect((await find('error')).textContent).toContain('The disk is full.');
});

test('an empty list has nothing to take', async () => {
  const { user } = openWindow({ reviews: 0 });
  await screen.findByText('No review waits');
  await user.click(screen.getByTestId('take-along'));
  await expect
    .poll(() => screen.getByTestId('take-size').textContent)
    .toBe('There is nothing to take in this list.');
  expect((screen.getByTestId('take-start') as HTMLButtonElement).disabled).toBe(true);
});

test('the palette takes along as well', async () => {
  const { user } = openWindow();
  await find('queue-row-review-0');
  await user.keyboard('{Control>}k{/Control}');
  await find('palette');
  await user.keyboard('take reviews{ArrowDown}{Enter}');
  expect(await find('take-sheet')).toBeTruthy();
});
