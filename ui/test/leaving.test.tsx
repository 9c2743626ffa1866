import { screen, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { PendingWork } from '../src/ipc/bindings';
import type { Fake } from '../src/ipc/testing/fake';
import { fresh } from '../src/ipc/testing/frame';
import { violations } from './axe';
import { refusalOf } from './refusals';
import { callsOf, find, openWindow } from './window';

const work: PendingWork = {
  waiting: 3,
  underWay: 0,
  uncertain: 0,
  needsPerson: 0,
  drafts: 0,
  unsaved: 0,
  discardable: 3,
  online: true,
  word: 'sandbox',
};

const waiting = (n: number) =>
  fresh({ opId: `op-${n}`, kind: 'merge', subject: `review-${n}`, title: `Pair ${n}` }, 60_000);

async function askedToSignOut(options: Parameters<typeof openWindow>[0] = {}, count = 2) {
  const { user, fake } = openWindow(options);
  await find('queue-row-review-0');
  for (let n = 0; n < count; n += 1) fake.add(waiting(n));
  await user.click(screen.getByTestId('account-menu'));
  await user.click(await screen.findByRole('menuitem', { name: 'Sign out' }));
  return { user, fake, sheet: await find('leave-sheet') };
}

test('nothing pending signs out at once', async () => {
  const { user, fake } = openWindow();
  await find('queue-row-review-0');
  await user.click(screen.getByTestId('account-menu'));
  await user.click(await screen.findByRole('menuitem', { name: 'Sign out' }));
  expect(await find('connect')).toBeTruthy();
  expect(callsOf(fake, 'signOut')).toEqual([['sandbox', { kind: 'keep' }]]);
});

test('what is pending is named with its numbers; what there is none of is not', async () => {
  const { sheet, fake } = await askedToSignOut({ drafts: 1 });
  expect(within(sheet).getByTestId('pending').textContent).toBe(
    '2 decisions wait to be sent1 draft of a separation is not decided',
  );
  expect(callsOf(fake, 'signOut')).toEqual([]);
  expect(await violations()).toEqual([]);
});

test('keeping signs out and leaves the work here', async () => {
  const { user, fake } = await askedToSignOut();
  await user.click(screen.getByTestId('leave-confirm'));
  expect(await find('connect')).toBeTruthy();
  expect(callsOf(fake, 'signOut')).toEqual([['sandbox', { kind: 'keep' }]]);
});

test('Escape leaves everything as it was', async () => {
  const { user, fake } = await askedToSignOut();
  await user.keyboard('{Escape}');
  await expect.poll(() => screen.queryByTestId('leave-sheet')).toBeNull();
  expect(callsOf(fake, 'signOut')).toEqual([]);
  expect(screen.getByTestId('queue')).toBeTruthy();
});

test('offline nothing can be sent first, and the choice says why', async () => {
  const { sheet } = await askedToSignOut({ status: { connection: 'offline' } });
  const send = within(sheet).getByRole('radio', { name: /Send it first/ });
  expect((send as HTMLInputElement).disabled).toBe(true);
  expect(screen.getByTestId('leave-send').textContent).toContain('the server cannot be reached');
});

test('a send that leaves something says what, and counts anew', async () => {
  const { user, fake } = await askedToSignOut();
  const message = '1 decision could not be sent: the server asked for a pause.';
  fake.refuse('signOut', refusalOf({ code: 'tooLate', message }));
  await user.click(screen.getByTestId('leave-send'));
  fake.settle('op-0', { state: 'applied', hold: 'none' });
  await user.click(screen.getByTestId('leave-confirm'));
  expect((await find('error')).textContent).toContain(message);
  await expect.poll(() => screen.getByTestId('pending').textContent).toBe('1 decision waits to be sent');
  expect(callsOf(fake, 'signOut')).toEqual([['sandbox', { kind: 'send' }]]);
  expect(await violations()).toEqual([]);
});

test('what is shown is what there is now: it changes under the question', async () => {
  const { fake } = await askedToSignOut();
  fake.settle('op-0', { state: 'applied', hold: 'none' });
  await expect.poll(() => screen.getByTestId('pending').textContent).toBe('1 decision waits to be sent');
});

test('what was begun is not hidden: nobody is signed out behind a closed sheet', async () => {
  const { user, fake } = await askedToSignOut({ delay: 300 });
  await user.click(screen.getByTestId('leave-confirm'));
  await user.keyboard('{Escape}');
  expect((screen.getByTestId('leave-cancel') as HTMLButtonElement).disabled).toBe(true);
  expect(screen.getByTestId('leave-sheet')).toBeTruthy();
  expect(await find('connect')).toBeTruthy();
  expect(callsOf(fake, 'signOut')).toHaveLength(1);
});

test('discarding says what goes and what stays, and wants the word', async () => {
  const { user, fake } = await askedToSignOut({ drafts: 2 }, 1);
  fake.add({ ...waiting(7), state: 'uncertain', hold: 'none', attempts: 1 });
  await user.click(screen.getByTestId('leave-discard'));
  expect(screen.getByTestId('leave-lost').textContent).toContain(
    '1 decision that the server cannot have carried out is taken back2 drafts are thrown away',
  );
  const confirm = screen.getByTestId('leave-confirm') as HTMLButtonElement;
  expect(confirm.disabled).toBe(true);
  await user.type(screen.getByTestId('leave-word'), 'sandpi');
  expect(confirm.disabled).toBe(true);
  expect(await violations()).toEqual([]);
  await user.type(screen.getByTestId('leave-word'), 't{Control>}{Enter}{/Control}');
  expect(callsOf(fake, 'signOut')).toEqual([]);
  await user.clear(screen.getByTestId('leave-word'));
  await user.type(screen.getByTestId('leave-word'), 'sandbox{Control>}{Enter}{/Control}');
  expect(await find('connect')).toBeTruthy();
  expect(callsOf(fake, 'signOut')).toEqual([['sandbox', { kind: 'discard', word: 'sandbox' }]]);
});

test('what was sent is not among what discarding takes', async () => {
  const { user, fake } = openWindow();
  await find('queue-row-review-0');
  fake.add({ ...waiting(7), state: 'uncertain', hold: 'none', attempts: 1 });
  await user.click(screen.getByTestId('account-menu'));
  await user.click(await screen.findByRole('menuitem', { name: 'Sign out' }));
  await user.click(await find('leave-discard'));
  expect(screen.getByTestId('leave-lost').textContent).toContain('nothing: the server may have');
  expect(screen.getByTestId('leave-kept').textContent).toContain(
    '1 decision that the server may have carried out: it stays on record',
  );
});

test('a copy says where it lies; one that cannot be written says why', async () => {
  const { user, fake } = await askedToSignOut();
  fake.refuse('exportWork', refusalOf({ code: 'storage', message: 'The disk is full.' }));
  await user.click(screen.getByTestId('leave-export'));
  expect((await find('error')).textContent).toContain('The disk is full.');
  fake.refuse('exportWork', null);
  await user.click(screen.getByTestId('leave-export'));
  expect((await find('exported-path')).textContent).toContain('/Downloads/cleave-decisions');
  expect(screen.getByTestId('leave-sheet').textContent).toContain('2 decisions were written to:');
});

async function askedToClose(count = 3, options: Parameters<typeof openWindow>[0] = {}) {
  const { user, fake } = openWindow(options);
  await find('queue-row-review-0');
  for (let n = 0; n < count; n += 1) fake.add(waiting(n));
  fake.push({ closing: { ...work, waiting: count } });
  return { user, fake, sheet: await find('quit-sheet') };
}

test('closing over decisions that wait asks; Escape stays', async () => {
  const { user, fake, sheet } = await askedToClose();
  expect(sheet.textContent).toContain('3 decisions wait for their undo time.');
  expect(await violations()).toEqual([]);
  await user.keyboard('{Escape}');
  await expect.poll(() => screen.queryByTestId('quit-sheet')).toBeNull();
  expect(callsOf(fake, 'quit')).toEqual(['stay']);
});

test('the question comes back when the window is asked to close again', async () => {
  const { user, fake } = await askedToClose();
  await user.click(screen.getByTestId('quit-stay'));
  await expect.poll(() => screen.queryByTestId('quit-sheet')).toBeNull();
  fake.push({ closing: work });
  expect(await find('quit-sheet')).toBeTruthy();
});

/** Lets whatever is answered to the question go on for ever. */
const neverDone = (fake: Fake) =>
  vi.spyOn(fake.backend, 'quit').mockReturnValue(new Promise(() => undefined));

test('send now counts what the server has, and names what came back', async () => {
  const { user, fake } = await askedToClose();
  neverDone(fake);
  await user.click(screen.getByTestId('quit-send'));
  expect((await find('quit-progress')).textContent).toBe('0 of 3 sent');
  fake.settle('op-0', { state: 'applied', hold: 'none' });
  fake.settle('op-1', { state: 'conflict', hold: 'none', attempts: 1 });
  // Sent, and its answer lost: neither there nor back.
  fake.settle('op-2', { state: 'uncertain', hold: 'none', attempts: 1 });
  await expect
    .poll(() => screen.getByTestId('quit-progress').textContent)
    .toBe('1 of 3 sent 1 was not carried out and needs you.');
});

test('what left while it sends is not shown as if it waited', async () => {
  const { user, fake, sheet } = await askedToClose(1);
  neverDone(fake);
  await user.click(screen.getByTestId('quit-send'));
  fake.settle('op-0', { state: 'applied', hold: 'none' });
  expect(await screen.findByText('1 of 1 sent')).toBeTruthy();
  expect(sheet.textContent).not.toContain('never sent');
  expect(sheet.textContent).not.toContain('Sending now is off');
});

test('a send that leaves something keeps the window, says what is left, and can be asked again', async () => {
  const { user, fake } = await askedToClose(2);
  const message = 'Not everything could be sent: 1 still wait.';
  fake.refuse('quit', refusalOf({ code: 'tooLate', message }));
  await user.click(screen.getByTestId('quit-send'));
  fake.settle('op-0', { state: 'applied', hold: 'none' });
  expect((await find('error')).textContent).toContain(message);
  expect(screen.getByTestId('quit-sheet').textContent).toContain('1 decision waits for its undo time.');
  expect((screen.getByTestId('quit-send') as HTMLButtonElement).disabled).toBe(false);
  expect(callsOf(fake, 'quit')).toEqual(['send']);
});

test('staying is heard while it sends', async () => {
  const { user, fake } = await askedToClose(1);
  const quit = neverDone(fake);
  await user.click(screen.getByTestId('quit-send'));
  await find('quit-progress');
  await user.keyboard('{Escape}');
  await expect.poll(() => screen.queryByTestId('quit-sheet')).toBeNull();
  expect(quit.mock.calls).toEqual([['send'], ['stay']]);
});

test('what could not be saved is said, and no way of closing is called safe', async () => {
  const { fake } = openWindow();
  await find('queue-row-review-0');
  fake.push({ closing: { ...work, waiting: 0, drafts: 2, unsaved: 1 } });
  const sheet = await find('quit-sheet');
  expect(screen.getByTestId('quit-unsaved').textContent).toContain(
    'The last change of 1 draft could not be saved.',
  );
  expect(sheet.textContent).not.toContain('nothing is lost');
  expect(screen.getByTestId('pending').textContent).toBe('1 draft of a separation is not decided');
  expect(screen.getByTestId('quit-keep').textContent).toContain('Close without it');
  expect(await violations()).toEqual([]);
});

test('close and go on next time leaves the decisions where they are', async () => {
  const { user, fake } = await askedToClose();
  await user.click(screen.getByTestId('quit-keep'));
  expect(callsOf(fake, 'quit')).toEqual(['keep']);
});

test('offline, sending now is off with the reason', async () => {
  const { sheet } = await askedToClose(1, { status: { connection: 'offline' } });
  expect((screen.getByTestId('quit-send') as HTMLButtonElement).disabled).toBe(true);
  expect(sheet.textContent).toContain('the server cannot be reached');
});

test('the question is asked even where the change came out of turn', async () => {
  const { fake } = openWindow();
  await find('queue-row-review-0');
  fake.push({ closing: work, reopen: true });
  expect(await find('quit-sheet')).toBeTruthy();
});

test('a conflict that was never sent is among what discarding takes, and what was refused for want of rights', async () => {
  const { user, fake } = openWindow();
  await find('queue-row-review-0');
  fake.add({ ...waiting(1), state: 'conflict', hold: 'none' });
  fake.add({ ...waiting(2), hold: 'auth', attempts: 1 });
  fake.add({ ...waiting(3), hold: 'backoff', attempts: 1 });
  fake.add({ ...waiting(4), state: 'needs_person', hold: 'none', attempts: 2 });
  await user.click(screen.getByTestId('account-menu'));
  await user.click(await screen.findByRole('menuitem', { name: 'Sign out' }));
  await user.click(await find('leave-discard'));
  expect(screen.getByTestId('leave-lost').textContent).toContain(
    '2 decisions that the server cannot have carried out are taken back',
  );
  expect(screen.getByTestId('leave-kept').textContent).toContain(
    '2 decisions that the server may have carried out: they stay on record',
  );
});
