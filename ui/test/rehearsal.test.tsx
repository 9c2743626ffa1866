import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Rehearsed, RehearsedView } from '../src/ipc/bindings';
import { fresh } from '../src/ipc/testing/frame';
import { violations } from './axe';
import { refusalOf } from './refusals';
import { callsOf, find, openWindow } from './window';

/** The outbox with so many waiting decisions. */
async function waiting(count: number, options = {}) {
  const opened = openWindow(options, '#/queue');
  await find('queue-row-review-0');
  for (let n = 0; n < count; n += 1) {
    const what = { opId: `op-${n}`, kind: 'merge', subject: `review-${n}`, title: `Jane ${n} → Janet` };
    opened.fake.add(fresh(what, 600_000));
  }
  window.location.hash = '#/outbox';
  await find('outbox');
  return opened;
}

test('what waits is compared by twenties, and nothing is sent', async () => {
  const { fake, user } = await waiting(45);
  await screen.findAllByTestId(/^outbox-entry-/);
  await user.keyboard('r');
  await find('rehearsal-valid');
  await screen.findByText('Everything that waits would be sent as you decided it.');
  const asked = callsOf(fake, 'rehearse') as string[][];
  expect(asked.map((ids) => ids.length)).toEqual([20, 20, 5]);
  expect(new Set(asked.flat()).size).toBe(45);
  expect(callsOf(fake, 'retry')).toEqual([]);
  expect(await violations()).toEqual([]);
});

test('what was found is grouped; what changed leads to the comparison', async () => {
  const { fake, user } = await waiting(6);
  const verdicts: Rehearsed[] = ['moot', 'changed', 'gone', 'waits', 'unknown'];
  for (const [n, verdict] of verdicts.entries()) fake.find(`op-${n}`, verdict);
  await screen.findAllByTestId(/^outbox-entry-/);
  await user.click(screen.getByTestId('outbox-rehearse'));
  for (const verdict of [...verdicts, 'valid'])
    expect((await find(`rehearsal-${verdict}`)).querySelector('summary')?.textContent).toMatch(/1$/);
  expect(screen.queryByText('Everything that waits would be sent as you decided it.')).toBeNull();
  await user.click(screen.getByTestId('rehearsal-compare-op-1'));
  await expect.poll(() => window.location.hash).toBe('#/outbox/op-1');
  expect(screen.queryByTestId('rehearsal-sheet')).toBeNull();
});

test('it is stopped in the middle, and says how far it came', async () => {
  const { fake, user } = await waiting(45);
  await screen.findAllByTestId(/^outbox-entry-/);
  const answers: ((found: RehearsedView[]) => void)[] = [];
  fake.backend.rehearse = () => new Promise((resolve) => answers.push(resolve));
  await user.keyboard('r');
  expect((await find('rehearsal-progress')).textContent).toBe('0 of 45');
  const found = Array.from({ length: 20 }, (_, n) => ({
    opId: `op-${44 - n}`,
    verdict: 'valid' as const,
    words: '',
  }));
  answers[0]?.(found);
  await expect.poll(() => screen.getByTestId('rehearsal-progress').textContent).toBe('20 of 45');
  await user.click(screen.getByTestId('rehearsal-stop'));
  expect(screen.getByTestId('rehearsal-progress').textContent).toBe('Stopped after 20 of 45.');
  expect(answers).toHaveLength(2);
});

test('what could not be asked says why, and the rest goes on', async () => {
  const { fake, user } = await waiting(25);
  await screen.findAllByTestId(/^outbox-entry-/);
  const { rehearse } = fake.backend;
  let first = true;
  fake.backend.rehearse = (ids) => {
    if (!first) return rehearse(ids);
    first = false;
    return Promise.reject(refusalOf({ code: 'server', message: 'The server did not answer.' }));
  };
  await user.keyboard('r');
  const unknown = await find('rehearsal-unknown');
  expect(unknown.querySelector('summary')?.textContent).toMatch(/20$/);
  expect(unknown.textContent).toContain('The server did not answer.');
  expect((await find('rehearsal-valid')).querySelector('summary')?.textContent).toMatch(/5$/);
});

test('what is as decided is sent one after the other on request, and what is refused is told', async () => {
  const { fake, user } = await waiting(3);
  fake.find('op-1', 'changed');
  await screen.findAllByTestId(/^outbox-entry-/);
  const { retry } = fake.backend;
  fake.backend.retry = (opId) =>
    opId === 'op-0' ? Promise.reject(refusalOf({ code: 'server', message: 'It is too late.' })) : retry(opId);
  await user.keyboard('r');
  const send = await find('rehearsal-send');
  expect(send.textContent).toBe('Send 2 now');
  await user.click(send);
  await expect.poll(() => screen.getByTestId('rehearsal-sent').textContent).toContain('1 is on its way');
  expect(screen.getByTestId('rehearsal-sent').textContent).toContain('Jane 0 → Janet: It is too late.');
  expect(callsOf(fake, 'retry')).toEqual(['op-2']);
});

test('what stands otherwise by the time it is to be sent is left alone', async () => {
  const { fake, user } = await waiting(3);
  await screen.findAllByTestId(/^outbox-entry-/);
  await user.keyboard('r');
  expect((await find('rehearsal-send')).textContent).toBe('Send 3 now');
  const again = { canRetry: true, canWithdraw: true };
  fake.settle('op-0', { ...again, state: 'needs_person', hold: 'none', attempts: 1, mayDouble: true });
  await expect.poll(() => screen.getByTestId('rehearsal-send').textContent).toBe('Send 2 now');
  const { retry } = fake.backend;
  fake.backend.retry = async (opId) => {
    const entry = await retry(opId);
    // While the first is sent, the time of the other comes.
    fake.settle(opId === 'op-1' ? 'op-2' : 'op-1', { ...again, hold: 'none', attempts: 1 });
    return entry;
  };
  await user.click(screen.getByTestId('rehearsal-send'));
  await expect
    .poll(() => screen.getByTestId('rehearsal-sent').textContent)
    .toContain('It has changed meanwhile. It is left as it is.');
  expect(callsOf(fake, 'retry')).toHaveLength(1);
  expect(callsOf(fake, 'retry')).not.toContain('op-0');
});

test('closing the sheet in the middle says how many were sent early', async () => {
  const { fake, user } = await waiting(3);
  await screen.findAllByTestId(/^outbox-entry-/);
  const { retry } = fake.backend;
  let go = () => {};
  fake.backend.retry = async (opId) => {
    await new Promise<void>((resolve) => (go = resolve));
    return retry(opId);
  };
  await user.keyboard('r');
  await user.click(await find('rehearsal-send'));
  await user.click(screen.getByTestId('rehearsal-close'));
  go();
  await screen.findByText('1 of 3 were sent early. The others go when their time comes.');
  expect(callsOf(fake, 'retry')).toHaveLength(1);
});

test.each([
  [0, {}, 'No decision waits.'],
  [1, { status: { connection: 'offline' } }, 'The server cannot be reached.'],
])('with %i waiting and %o it is off, and says why', async (count, options, words) => {
  const { user } = await waiting(count, options);
  await waitFor(() => expect(screen.getByTestId('outbox-rehearse')).toHaveProperty('disabled', true));
  expect(screen.getByTestId('outbox-rehearse').getAttribute('aria-label')).toBe(words);
  await user.keyboard('r');
  expect(screen.queryByTestId('rehearsal-sheet')).toBeNull();
  expect(within(screen.getByTestId('outbox')).getByRole('heading', { level: 1 })).toBeTruthy();
});
