import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { violations } from './axe';
import { refusalOf } from './refusals';
import { callsOf, find, openWindow } from './window';

async function decided() {
  const opened = openWindow({}, '#/outbox');
  await screen.findByText('Nothing decided yet');
  const decision = { kind: 'keepSeparate' as const, note: 'Two brothers' };
  const base = { reviewId: 'review-3', basedOn: 'v1-3', decision, dryRun: false };
  await opened.fake.backend.decide({ ...base, opId: 'op-1' });
  return { ...opened, entry: await find('outbox-entry-op-1') };
}

test('a decision comes up as it is made, with what it waits for', async () => {
  const { entry } = await decided();
  expect(within(entry).getByTestId('outbox-state').textContent).toBe('Can still be taken back');
  expect(screen.getByTestId('nav-outbox').textContent).toContain('1');
  expect(await violations()).toEqual([]);
});

test('a conflict shows the words of the server, in the list and at once', async () => {
  const { entry, fake } = await decided();
  fake.settle('op-1', {
    state: 'conflict',
    hold: 'none',
    reason: 'The server answered: “Review is already resolved”',
    history: [{ at: '2026-11-20T10:00:00Z', status: 409, outcome: 'Review is already resolved' }],
  });
  await expect
    .poll(() => within(entry).getByTestId('outbox-state').textContent)
    .toBe('The server has something else');
  expect(entry.textContent).toContain('Review is already resolved');
  expect(entry.textContent).toContain('HTTP 409');
  expect((await find('toast')).textContent).toContain('Review is already resolved');
  expect(screen.getByRole('img', { name: '1 decision needs you' })).toBeTruthy();
});

test('what the server did otherwise is shown with both values', async () => {
  const { entry, fake } = await decided();
  fake.settle('op-1', { state: 'applied', hold: 'none', differences: [['email', 'a@x.org', 'b@x.org']] });
  await expect.poll(() => entry.textContent).toContain('predicted a@x.org, the server has b@x.org');
});

test('undo, send now, and a refusal beside the entry', async () => {
  const { entry, fake, user } = await decided();
  fake.refuse('retry', refusalOf({ code: 'tooLate', message: 'It is on its way already.' }));
  await user.click(within(entry).getByTestId('outbox-retry'));
  expect((await within(entry).findByTestId('error')).textContent).toContain('It is on its way already.');
  await user.click(within(entry).getByTestId('outbox-withdraw'));
  expect(callsOf(fake, 'withdraw')).toEqual(['op-1']);
  await expect.poll(() => within(entry).getByTestId('outbox-state').textContent).toBe('Taken back');
});

const STUCK = ['conflict', 'refused', 'needs_person'] as const;

test.each(STUCK)('z leaves alone what is %s and takes back what waits', async (state) => {
  const { fake, user } = await decided();
  const decision = { kind: 'merge' as const, picks: [], note: null };
  const later = { reviewId: 'review-6', basedOn: 'v1-6', decision, dryRun: false };
  await fake.backend.decide({ ...later, opId: 'op-2' });
  await find('outbox-entry-op-2');
  fake.settle('op-2', { state, hold: 'none', attempts: 1, canWithdraw: true });
  await find('toast');
  await user.keyboard('z');
  await expect.poll(() => callsOf(fake, 'withdraw')).toEqual(['op-1']);
  await expect.poll(() => screen.queryByTestId('status-undo')).toBeNull();
  await user.keyboard('z');
  expect(callsOf(fake, 'withdraw')).toEqual(['op-1']);
});

test('what may have been done is not taken back but given up, and says so', async () => {
  const { entry, fake, user } = await decided();
  fake.settle('op-1', { state: 'needs_person', hold: 'none', attempts: 2, canWithdraw: true });
  await expect.poll(() => within(entry).getByTestId('outbox-withdraw').textContent).toBe('Dismiss');
  await user.click(within(entry).getByTestId('outbox-withdraw'));
  await expect.poll(() => within(entry).getByTestId('outbox-state').textContent).toBe('Given up');
  await expect
    .poll(() => screen.getByTestId('toast').textContent)
    .toContain('Given up; the server may have done it.');
});

test('a conflict is looked at again or dismissed, never just sent', async () => {
  const { entry, fake } = await decided();
  fake.settle('op-1', { state: 'conflict', hold: 'none', canWithdraw: true });
  await expect.poll(() => within(entry).getByTestId('outbox-withdraw').textContent).toBe('Dismiss');
  expect(within(entry).getByTestId('outbox-open')).toBeTruthy();
  expect(within(entry).queryByTestId('outbox-retry')).toBeNull();
});

test('an outbox that cannot be read says why', async () => {
  const { fake } = openWindow({}, '#/queue');
  await find('queue-row-review-0');
  fake.refuse('outbox', refusalOf({ code: 'storage', message: 'The outbox cannot be read.' }));
  window.location.hash = '#/outbox';
  expect((await find('error')).textContent).toContain('The outbox cannot be read.');
});
