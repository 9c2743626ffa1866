import { act, fireEvent, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { OutboxEntry, SeparationView } from '../src/ipc/bindings';
import { settledOf } from '../src/ipc/testing/history';
import { violations } from './axe';
import { refusalOf } from './refusals';
import { callsOf, find, openWindow } from './window';

const rows = () => screen.queryAllByTestId(/^history-row-/).map((row) => row.dataset.testid);
const numbers = (of: (entry: OutboxEntry) => boolean, count = 40) =>
  Array.from({ length: count }, (_, n) => n).filter((n) => of(settledOf(n)));

/** Numbers of the made-up decisions that the tests open. */
const OTHERWISE = numbers(({ receipt }) => receipt !== null && !receipt.asPredicted)[0] ?? -1;
const AS_PREDICTED = numbers(({ receipt }) => receipt?.asPredicted === true && receipt.wasRead)[0] ?? -1;
const UNREAD = numbers(({ receipt }) => receipt?.wasRead === false)[0] ?? -1;
const EDITABLE = numbers(({ canEdit }) => canEdit)[0] ?? -1;
const MERGED = numbers(({ survivorId }) => survivorId !== null)[0] ?? -1;
const DIFFERENT_MERGE = numbers(({ differences }) => differences.length > 0)[0] ?? -1;

async function opened(n: number) {
  const window_ = openWindow({ settled: 40 }, '#/history');
  await window_.user.click(await find(`history-row-settled-${n}`));
  return { ...window_, details: await find(`history-details-settled-${n}`) };
}

test('g h comes here; the newest is first, and one row is open at a time', async () => {
  const { user } = openWindow({ settled: 8 });
  await find('queue-row-review-0');
  await user.keyboard('gh');
  await find('history-row-settled-0');
  expect(rows()).toEqual(Array.from({ length: 8 }, (_, n) => `history-row-settled-${n}`));
  await user.keyboard('jj');
  expect(document.activeElement).toBe(screen.getByTestId('history-row-settled-2'));
  await user.keyboard('{Enter}');
  expect(screen.getByTestId('history-details-settled-2')).toBeTruthy();
  await user.keyboard('jo');
  expect(screen.queryByTestId('history-details-settled-2')).toBeNull();
  expect(screen.getByTestId('history-details-settled-3').textContent).toContain('HTTP 200');
  expect(screen.getByTestId('history-row-settled-3').getAttribute('aria-expanded')).toBe('true');
  expect(await violations()).toEqual([]);
});

test('plan beside receipt: what differs is said in words, with both numbers and the side', async () => {
  const { details } = await opened(OTHERWISE);
  const receipt = within(details).getByTestId('receipt');
  expect(receipt.dataset.asPredicted).toBe('false');
  expect(receipt.textContent).toContain('5 lines came out otherwise than predicted');
  const notes = within(receipt).getByTestId('receipt-row-2');
  expect(notes.dataset.same).toBe('false');
  expect(
    within(notes)
      .getAllByRole('cell')
      .map((cell) => cell.textContent),
  ).toEqual(['2', '1', 'differs']);
  const moved = within(receipt).getByTestId('receipt-row-0');
  expect(
    within(moved)
      .getAllByRole('cell')
      .map((cell) => cell.textContent),
  ).toEqual(['2', '2', 'same']);
  const heads = within(receipt)
    .getAllByRole('rowheader')
    .map((cell) => cell.textContent);
  expect(heads[0]).toBe('What the server answered');
  expect(heads).toContain('OOriginal');
  expect(heads).toContain('NNew');
  expect(screen.getByTestId(`history-row-settled-${OTHERWISE}`).textContent).toContain(
    'otherwise than predicted',
  );
  expect(await violations()).toEqual([]);
});

test('a receipt as predicted is quiet, and one that was not read again says so', async () => {
  const { details } = await opened(AS_PREDICTED);
  expect(within(details).getByTestId('receipt').textContent).toContain('Everything came out as predicted');
  expect(within(details).queryByTestId('receipt-unread')).toBeNull();
  fireEvent.click(screen.getByTestId(`history-row-settled-${UNREAD}`));
  const other = await find(`history-details-settled-${UNREAD}`);
  expect(within(other).getByTestId('receipt-unread').textContent).toContain('were not read again yet');
  expect(within(other).getByTestId('receipt').textContent).not.toContain('Everything came out');
});

test('a merge shows where the server did something else', async () => {
  const { details } = await opened(DIFFERENT_MERGE);
  const table = within(details).getByTestId('history-differences');
  expect(within(table).getByRole('rowheader').textContent).toBe('E-mail');
  expect(
    within(table)
      .getAllByRole('cell')
      .map((cell) => cell.textContent),
  ).toEqual(['jane.doe@example.com', 'janedoe@example.org']);
});

test('pages are read as the end comes near, each once', async () => {
  let height = 4000;
  Object.defineProperty(HTMLElement.prototype, 'scrollHeight', { configurable: true, get: () => height });
  try {
    const { fake } = openWindow({ settled: 120 }, '#/history');
    await find('history-row-settled-49');
    expect(callsOf(fake, 'history')).toHaveLength(1);
    const list = screen.getByRole('list', { name: 'History' });
    fireEvent.scroll(list, { target: { scrollTop: 1000 } });
    expect(callsOf(fake, 'history')).toHaveLength(1);
    fireEvent.scroll(list, { target: { scrollTop: 3000 } });
    fireEvent.scroll(list, { target: { scrollTop: 3100 } });
    height = 8000;
    await find('history-row-settled-99');
    expect(callsOf(fake, 'history').at(-1)).toMatchObject({ after: '50', limit: 50 });
    expect(callsOf(fake, 'history')).toHaveLength(2);
    fireEvent.click(screen.getByTestId('history-more'));
    await find('history-row-settled-119');
    expect(screen.queryByTestId('history-more')).toBeNull();
    expect(rows()).toHaveLength(120);
  } finally {
    Reflect.deleteProperty(HTMLElement.prototype, 'scrollHeight');
  }
});

test('filters go to the application together, and nothing found offers everything again', async () => {
  const { fake, user } = openWindow({ settled: 40 }, '#/history');
  await find('history-row-settled-0');
  await user.selectOptions(screen.getByTestId('history-kind'), 'separate');
  await expect.poll(rows).toHaveLength(8);
  await user.click(screen.getByTestId('history-different'));
  await user.type(screen.getByTestId('history-search'), 'nobody');
  expect(await screen.findByText('Searched for “nobody”.')).toBeTruthy();
  expect(callsOf(fake, 'history').at(-1)).toEqual({
    text: 'nobody',
    kind: 'separate',
    different: true,
    after: null,
    limit: 50,
  });
  expect(await violations()).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Show everything' }));
  await expect.poll(rows).toHaveLength(40);
});

test('both contacts of a separation can be separated on, and the way back leads here', async () => {
  const { user, details } = await opened(AS_PREDICTED);
  const entry = settledOf(AS_PREDICTED);
  expect(within(details).queryByTestId(`history-edit-${entry.opId}`)).toBeNull();
  await user.click(within(details).getByTestId(`history-separate-new-${entry.opId}`));
  expect(window.location.hash).toBe('#/separation/contact-new/%23%2Fhistory');
});

test('the contact that a merge kept can be separated again', async () => {
  const merge = settledOf(MERGED);
  const { user, details } = await opened(MERGED);
  await user.click(within(details).getByTestId(`history-separate-${merge.opId}`));
  expect(window.location.hash).toBe(`#/separation/${merge.survivorId}/%23%2Fhistory`);
});

test('what was taken back is edited and tried again', async () => {
  const { user, details, fake } = await opened(EDITABLE);
  const entry = settledOf(EDITABLE);
  const asked: string[] = [];
  fake.backend.separationOfEntry = (opId) => {
    asked.push(opId);
    return Promise.resolve({ contactId: entry.subject } as SeparationView);
  };
  await user.click(within(details).getByTestId(`history-edit-${entry.opId}`));
  await expect.poll(() => window.location.hash).toBe(`#/separation/${entry.subject}/%23%2Fhistory`);
  expect(asked).toEqual([entry.opId]);
});

test('a plan that cannot be taken up again says why, and stays', async () => {
  const { user, details, fake } = await opened(EDITABLE);
  const refusal = refusalOf({ code: 'notFound', message: 'The contact is gone.', hint: 'Look it up.' });
  fake.backend.separationOfEntry = () => Promise.reject(refusal);
  await user.click(within(details).getByTestId(`history-edit-settled-${EDITABLE}`));
  expect((await find('toast')).textContent).toContain('The contact is gone. Look it up.');
  expect(window.location.hash).toBe('#/history');
});

test('a decision that is settled meanwhile comes up first, and keeps what was open', async () => {
  const { fake } = await opened(3);
  const decision = { kind: 'keepSeparate' as const, note: null };
  const request = { opId: 'new-1', reviewId: 'review-9', basedOn: 'v1-9', decision, dryRun: false };
  await act(() => fake.backend.decide(request));
  expect(rows()[0]).toBe('history-row-settled-0');
  act(() => void fake.settle('new-1', { state: 'applied', hold: 'none', reason: '', attempts: 1 }));
  await expect.poll(() => rows()[0]).toBe('history-row-new-1');
  expect(screen.getByTestId('history-details-settled-3')).toBeTruthy();
});

test('an empty history and a failed one say what they are', async () => {
  const { fake, user } = openWindow({}, '#/history');
  expect(await screen.findByText('Nothing is settled yet')).toBeTruthy();
  fake.refuse('history', refusalOf({ code: 'storage', message: 'The outbox cannot be read.' }));
  await user.click(screen.getByTestId('history-different'));
  expect((await find('error')).textContent).toContain('The outbox cannot be read.');
  fake.refuse('history', null);
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('The server did everything as predicted')).toBeTruthy();
});
