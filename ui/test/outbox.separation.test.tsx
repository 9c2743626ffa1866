import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { OutboxEntry, SeparationView } from '../src/ipc/bindings';
import { receiptOf } from '../src/ipc/testing/history';
import { violations } from './axe';
import { refusalOf } from './refusals';
import { callsOf, find, openWindow } from './window';

/** The outbox with one separation in it. */
async function separated(change: Partial<OutboxEntry>) {
  const opened = openWindow({}, '#/outbox');
  await screen.findByText('Nothing decided yet');
  const decision = { kind: 'keepSeparate' as const, note: null };
  const request = { opId: 'op-1', reviewId: 'review-3', basedOn: 'v1-3', decision, dryRun: false };
  await opened.fake.backend.decide(request);
  await find('outbox-entry-op-1');
  const kind = { kind: 'separate', subject: 'contact-c3', title: 'Jane Doe and Janet Doe' };
  opened.fake.settle('op-1', { hold: 'none', ...kind, ...change });
  const entry = screen.getByTestId('outbox-entry-op-1');
  await within(entry).findByText('Jane Doe and Janet Doe');
  return { ...opened, entry };
}

const LOST: Partial<OutboxEntry> = {
  state: 'needs_person',
  reason: 'The contact has changed since, and it cannot be told by whom.',
  attempts: 2,
  canWithdraw: true,
  canRetry: true,
  mayDouble: true,
  canMarkApplied: true,
  canEdit: true,
  history: [
    { at: '2026-11-20T10:00:00Z', status: null, outcome: 'The connection broke' },
    { at: '2026-11-20T10:05:00Z', status: 502, outcome: 'Bad gateway' },
  ],
};

test('what came of a separation stands beside what was predicted', async () => {
  const { entry } = await separated({ state: 'applied', attempts: 1, receipt: receiptOf('Jane Doe', true) });
  const receipt = within(entry).getByTestId('receipt');
  expect(receipt.closest('details')?.open).toBe(true);
  expect(within(receipt).getByTestId('receipt-row-2').textContent).toContain('differs');
  expect(within(entry).queryByTestId('outbox-open')).toBeNull();
  expect(await violations()).toEqual([]);
});

test('whatever a server puts into a receipt is shown as text', async () => {
  const hostile = [
    '<img src=x onerror=alert(1)>',
    '{{count}} $t(cancel)',
    '\u202Egnp.exe',
    'x'.repeat(5000),
    '🧑‍🤝‍🧑',
  ];
  const row = (label: string) => ({ label, side: 'new' as const, predicted: label, actual: '', same: false });
  const receipt = { newContactId: null, rows: hostile.map(row), asPredicted: false, wasRead: true };
  const { entry } = await separated({ state: 'applied', receipt });
  const shown = hostile.map((_, n) => within(entry).getByTestId(`receipt-row-${n}`));
  expect(shown.map((line) => within(line).getByRole('rowheader').textContent)).toEqual(hostile);
  expect(shown.map((line) => within(line).getAllByRole('cell')[0]?.textContent)).toEqual(hostile);
  expect(entry.querySelector('img')).toBeNull();
});

test('a receipt as predicted is folded away, and Enter unfolds it', async () => {
  const { entry, user } = await separated({ state: 'applied', receipt: receiptOf('Jane Doe', false) });
  const details = within(entry).getByTestId('receipt').closest('details');
  expect(details?.open).toBe(false);
  entry.focus();
  await user.keyboard('{Enter}');
  expect(details?.open).toBe(true);
  expect(window.location.hash).toBe('#/outbox');
});

test('a refusal says which line of which contact it is about', async () => {
  const { entry } = await separated({ state: 'refused', refusedAt: 'phoneNumber.new', reason: 'Taken.' });
  const place = within(entry).getByTestId('outbox-refused-at');
  expect(place.textContent).toBe('The server’s answer is about: PhoneNNew');
  expect(await violations()).toEqual([]);
});

test.each([
  ['misc.favourite_colour.original', 'Favourite colourOOriginal'],
  ['conversations', 'Conversations'],
  ['new', 'New'],
])('a place reads in words: %s', async (refusedAt, words) => {
  const { entry } = await separated({ state: 'refused', refusedAt });
  expect(within(entry).getByTestId('outbox-refused-at').textContent).toBe(
    `The server’s answer is about: ${words}`,
  );
});

test('a lost separation says what was sent, what was seen, and what each button would do', async () => {
  const { entry, fake } = await separated(LOST);
  const story = within(entry).getByTestId('outbox-needs-person-op-1');
  expect(story.textContent).toContain('The separation, 2 times.');
  expect(story.textContent).toContain('Bad gateway (HTTP 502).');
  expect(story.textContent).toContain('it cannot be told by whom');
  expect(within(story).getAllByRole('listitem')).toHaveLength(4);
  expect(await violations()).toEqual([]);
  fake.settle('op-1', { ...LOST, canRetry: false, canEdit: false });
  await expect.poll(() => within(story).getAllByRole('listitem').length).toBe(2);
});

test('“it was done” asks how one knows, and only then settles it', async () => {
  const { entry, fake, user } = await separated(LOST);
  await user.click(within(entry).getByTestId('outbox-mark-applied-op-1'));
  const sheet = await find('mark-sheet');
  expect(await violations()).toEqual([]);
  await user.type(within(sheet).getByTestId('mark-reason'), '   ');
  await user.keyboard('{Control>}{Enter}{/Control}');
  expect((await within(sheet).findByTestId('error')).textContent).toContain('Say how you know it.');
  await user.clear(within(sheet).getByTestId('mark-reason'));
  await user.type(within(sheet).getByTestId('mark-reason'), 'Both are in the list');
  expect(within(sheet).queryByTestId('error')).toBeNull();
  await user.keyboard('{Control>}{Enter}{/Control}');
  await expect.poll(() => screen.queryByTestId('mark-sheet')).toBeNull();
  expect(callsOf(fake, 'markApplied').at(-1)).toEqual({ opId: 'op-1', reason: 'Both are in the list' });
  await expect.poll(() => entry.textContent).toContain('You said that it was done: Both are in the list');
});

test('a word that is not taken stays in the sheet with the reason', async () => {
  const { entry, fake, user } = await separated(LOST);
  await user.click(within(entry).getByTestId('outbox-mark-applied-op-1'));
  const sheet = await find('mark-sheet');
  await user.type(within(sheet).getByTestId('mark-reason'), 'seen');
  fake.refuse('markApplied', refusalOf({ code: 'tooLate', message: 'It is being sent.' }));
  await user.click(within(sheet).getByTestId('commit'));
  expect((await within(sheet).findByTestId('error')).textContent).toContain('It is being sent.');
  expect(screen.getByTestId('mark-reason')).toBeTruthy();
});

test('“edit” and Enter take the plan into the editor, with the way back to here', async () => {
  const { entry, fake, user } = await separated({ state: 'refused', canEdit: true });
  const asked: string[] = [];
  fake.backend.separationOfEntry = (opId) => {
    asked.push(opId);
    return Promise.resolve({ contactId: 'contact-c3' } as SeparationView);
  };
  await user.click(within(entry).getByTestId('outbox-edit-op-1'));
  await expect.poll(() => window.location.hash).toBe('#/separation/contact-c3/%23%2Foutbox');
  expect(asked).toEqual(['op-1']);
});

test('what may have been done is sent again only after a question that says what could happen', async () => {
  const { entry, fake, user } = await separated(LOST);
  await user.click(within(entry).getByTestId('outbox-retry'));
  const sheet = await find('resend-sheet');
  expect(sheet.textContent).toContain('a second new contact');
  expect(await violations()).toEqual([]);
  await user.keyboard('{Escape}');
  await expect.poll(() => screen.queryByTestId('resend-sheet')).toBeNull();
  expect(callsOf(fake, 'retry')).toEqual([]);

  await user.click(within(entry).getByTestId('outbox-retry'));
  await user.click(await find('resend-confirm'));
  await expect.poll(() => callsOf(fake, 'retry').length).toBe(1);
});

test('what was never sent is sent without a question, and nothing is said of what may have happened', async () => {
  const { entry, fake, user } = await separated({
    ...LOST,
    attempts: 0,
    mayDouble: false,
    canMarkApplied: false,
    history: [],
  });
  const words = within(entry).getByTestId('outbox-needs-person-op-1').textContent;
  expect(words).toContain('Nothing was sent.');
  expect(words).not.toContain('may have done it');
  expect(within(entry).queryByTestId('outbox-mark-applied-op-1')).toBeNull();
  expect(within(entry).getByTestId('outbox-retry').textContent).toBe('Send now');
  await user.click(within(entry).getByTestId('outbox-retry'));
  await expect.poll(() => callsOf(fake, 'retry').length).toBe(1);
});

test('what a person settled says so', async () => {
  const { entry } = await separated({
    ...LOST,
    state: 'applied',
    saidDone: true,
    reason: 'You said that it was done: I called Janet.',
    canMarkApplied: false,
    canRetry: false,
  });
  expect(within(entry).getByTestId('outbox-state').textContent).toBe('You settled it: it was done');
});
