import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { linesOf, named } from '../src/features/outbox/lines';
import { pick } from '../src/features/review/drafts';
import type { OutboxEntry } from '../src/ipc/bindings';
import { fresh } from '../src/ipc/testing/frame';
import { violations } from './axe';
import { refusalOf } from './refusals';
import { callsOf, find, openWindow } from './window';

const entryOf = (opId: string, change: Partial<OutboxEntry> = {}): OutboxEntry => ({
  ...fresh({ opId, kind: 'merge', subject: `review-${opId}`, title: `Jane ${opId} → Janet` }, 60_000),
  ...change,
});

const MANY: Record<string, Partial<OutboxEntry>> = {
  stuck: { state: 'conflict', hold: 'none', canCompare: true, canRetry: false },
  lost: { state: 'uncertain', hold: 'none', attempts: 1, canWithdraw: false, canRetry: false },
  sent: { state: 'sending', hold: 'none', canWithdraw: false, canRetry: false },
  waits: {},
  behind: {
    hold: 'dependency',
    canRetry: false,
    cancelUntil: null,
    waitsFor: [{ opId: 'waits', kind: 'merge', title: 'Jane waits → Janet' }],
  },
  done: { state: 'applied', hold: 'none', canWithdraw: false, canRetry: false, cancelUntil: null },
};

/** The outbox with these decisions in it, the first being the newest. */
async function outboxOf(entries: OutboxEntry[], hash = '#/outbox', options = {}) {
  const opened = openWindow(options, '#/queue');
  await find('queue-row-review-0');
  for (const entry of [...entries].reverse()) opened.fake.add(entry);
  window.location.hash = hash;
  if (entries[0]) await screen.findAllByTestId(/^outbox-entry-/);
  return opened;
}

const many = (): OutboxEntry[] => Object.entries(MANY).map(([opId, change]) => entryOf(opId, change));

const shown = () =>
  screen.getAllByTestId(/^outbox-entry-/).map((row) => row.dataset.testid?.replace('outbox-entry-', ''));

test('decisions stand by what they ask for, what waits in the order in which it goes', () => {
  const lines = linesOf(many().reverse(), undefined);
  const keys = lines.map(({ key }) => key);
  expect(keys).toEqual(
    ['needsYou', 'stuck', 'sending', 'sent', 'lost', 'waiting', 'waits', 'behind', 'done'].concat('done'),
  );
  expect(linesOf(many(), 'needsYou').map(({ key }) => key)).toEqual(['needsYou', 'stuck']);
  expect(named(many(), ' JANE  wai').map(({ opId }) => opId)).toEqual(['waits']);
});

test('chips count and filter, by the address; the search looks at names', async () => {
  const { user } = await outboxOf(many());
  const chips = screen.getAllByTestId(/^outbox-chip-/).map((chip) => chip.textContent);
  expect(chips).toEqual(['All 6', 'Needs you 1', 'On its way 2', 'Waiting 2', 'Done lately 1']);
  expect(await violations()).toEqual([]);
  await user.click(screen.getByTestId('outbox-chip-waiting'));
  await expect.poll(shown).toEqual(['behind', 'waits']);
  expect(window.location.hash).toBe('#/outbox/waiting');
  await user.type(screen.getByTestId('outbox-search'), 'stuck');
  await screen.findByText('No such decision');
  await user.click(screen.getByText('Show everything'));
  await expect.poll(() => shown().length).toBe(6);
});

test('a decision behind another names it, and a press leads there', async () => {
  const { user } = await outboxOf(many(), '#/outbox/waiting');
  const entry = screen.getByTestId('outbox-entry-behind');
  expect(entry.textContent).toContain('Goes after:Merge · Jane waits → Janet');
  expect(within(entry).queryByTestId('outbox-off')).toBeNull();
  expect(within(entry).getByTestId('outbox-retry')).toHaveProperty('disabled', true);
  await user.click(within(entry).getByTestId('outbox-waits-for-waits'));
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('outbox-entry-waits')));
});

test('what counts down says how long: to take back, to try again, to ask again', async () => {
  const pausedUntil = new Date(Date.now() + 45_000).toISOString();
  await outboxOf([
    entryOf('paused', { hold: 'backoff', cancelUntil: null, pausedUntil }),
    entryOf('asked', { ...MANY.lost, cancelUntil: null, pausedUntil }),
    entryOf('held'),
  ]);
  const until = (id: string) =>
    within(screen.getByTestId(`outbox-entry-${id}`)).getByTestId('outbox-until').textContent;
  expect(until('paused')).toMatch(/^in 4\d sec$/);
  expect(until('asked')).toMatch(/^Cleave asks again in 4\d sec$/);
  expect(until('held')).toMatch(/^for another \d+ sec$/);
});

test('by keyboard: n to what needs somebody, j on, Enter unfolds, v compares', async () => {
  const { user } = await outboxOf(many());
  await user.keyboard('{End}n');
  expect(document.activeElement).toBe(screen.getByTestId('outbox-entry-stuck'));
  await user.keyboard('j');
  expect(document.activeElement).not.toBe(screen.getByTestId('outbox-entry-stuck'));
  await user.keyboard('k{Enter}');
  const details = screen.getByTestId('outbox-entry-stuck').querySelector('details');
  await waitFor(() => expect(details?.open).toBe(true));
  await user.keyboard('v');
  expect(window.location.hash).toBe('#/outbox/stuck');
});

test('ten thousand decisions: only those in sight are in the document', async () => {
  const all = Array.from({ length: 10_000 }, (_, n) => entryOf(`e${n}`, MANY.done));
  const { fake, user } = openWindow({}, '#/queue');
  await find('queue-row-review-0');
  fake.backend.outbox = () => Promise.resolve(all);
  window.location.hash = '#/outbox';
  await find('outbox-entry-e0');
  expect(screen.getByTestId('outbox-chip-done').textContent).toBe('Done lately 10,000');
  expect(shown().length).toBeLessThan(60);
  await user.keyboard('{End}');
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('outbox-entry-e9999')));
  expect(shown().length).toBeLessThan(60);
});

test('a record is exported, and the toast says where to', async () => {
  const { fake, user } = await outboxOf([entryOf('one')]);
  await user.keyboard('{Enter}');
  await user.click(await find('outbox-export-one'));
  expect((await find('toast')).textContent).toContain('/Downloads/cleave-decision');
  expect(callsOf(fake, 'exportEntry')).toEqual(['one']);
});

test('“it was not done” takes a reason and gives it up', async () => {
  const { fake, user } = await outboxOf([
    entryOf('one', { state: 'needs_person', hold: 'none', attempts: 1, canMarkNotApplied: true }),
  ]);
  await user.click(screen.getByTestId('outbox-mark-not-applied-one'));
  const sheet = await find('mark-sheet');
  expect(sheet.textContent).toContain('was not carried out');
  await user.type(within(sheet).getByTestId('mark-reason'), 'Both are still there');
  await user.keyboard('{Control>}{Enter}{/Control}');
  await waitFor(() =>
    expect(callsOf(fake, 'markNotApplied')).toEqual([{ opId: 'one', reason: 'Both are still there' }]),
  );
});

test('selected decisions are taken back one after the other, and what is refused is told', async () => {
  const { fake, user } = await outboxOf([
    entryOf('one', { kind: 'separate' }),
    entryOf('two', { kind: 'separate' }),
    entryOf('sent', MANY.sent),
  ]);
  const { withdraw } = fake.backend;
  const asked: string[] = [];
  fake.backend.withdraw = (opId) => {
    asked.push(opId);
    return opId === 'two'
      ? Promise.reject(refusalOf({ code: 'server', message: 'It is on its way.' }))
      : withdraw(opId);
  };
  await user.keyboard('{Home}xjxjx');
  const bar = await find('outbox-bulk');
  expect(bar.textContent).toContain('3 selected');
  expect(bar.textContent).toContain('1 of them cannot be taken back any more.');
  expect(await violations()).toEqual([]);
  await user.click(screen.getByTestId('outbox-bulk-withdraw'));
  expect((await find('outbox-bulk-failed')).textContent).toContain('Jane two → Janet: It is on its way.');
  expect(asked.sort()).toEqual(['one', 'two']);
});

test('where nothing can be saved, what would save is off and says why', async () => {
  const readOnly = 'Another Cleave has these files open.';
  await outboxOf([entryOf('one', { canEdit: true, canCompare: true })], '#/outbox', { files: { readOnly } });
  const entry = screen.getByTestId('outbox-entry-one');
  for (const id of ['outbox-withdraw', 'outbox-retry', 'outbox-edit-one'])
    expect(within(entry).getByTestId(id)).toHaveProperty('disabled', true);
  expect(within(entry).getByTestId('outbox-compare')).toHaveProperty('disabled', false);
  expect(within(entry).getByTestId('outbox-off').textContent).toBe(readOnly);
});

test('a waiting merge is changed: its picks and note are laid in, and deciding replaces it', async () => {
  const { fake, user } = openWindow({}, '#/outbox');
  await screen.findByText('Nothing decided yet');
  const view = await fake.backend.review('review-1');
  const path = view.preview.fields.find(({ choosable }) => choosable)?.path ?? '';
  const picks = [{ path, side: 'source' as const }];
  const decision = { kind: 'merge' as const, picks, note: 'One person' };
  const base = { reviewId: 'review-1', basedOn: 'v1-1', dryRun: false };
  await fake.backend.decide({ ...base, opId: 'op-1', decision });
  await user.click(await find('outbox-edit-op-1'));
  expect((await find('review-changing')).textContent).toContain('Changing a decision that waits');
  expect(await violations()).toEqual([]);
  await user.keyboard('m');
  const sheet = await find('merge-sheet');
  expect(within(sheet).getByTestId<HTMLTextAreaElement>('merge-note').value).toBe('One person');
  await waitFor(() => expect(within(sheet).getByTestId('commit')).toHaveProperty('disabled', false));
  await user.click(within(sheet).getByTestId('commit'));
  await expect.poll(() => window.location.hash).toBe('#/outbox');
  const calls = callsOf(fake, 'decide') as { dryRun: boolean; decision: { picks: unknown } }[];
  expect(calls.filter(({ dryRun }) => !dryRun).at(-1)?.decision).toEqual(decision);
  await expect
    .poll(() => within(screen.getByTestId('outbox-entry-op-1')).getByTestId('outbox-state').textContent)
    .toBe('Replaced by a later decision');
});

test('a key does not take back the neighbour of a decision that has left', async () => {
  const { fake, user } = await outboxOf(
    ['one', 'two', 'three'].map((opId) => entryOf(opId)),
    '#/outbox/waiting',
  );
  await user.keyboard('{Home}j');
  const leaving = shown()[1] ?? '';
  expect(screen.getByTestId(`outbox-entry-${leaving}`).dataset.current).toBe('true');
  fake.settle(leaving, { state: 'applied', hold: 'none' });
  await expect.poll(shown).toHaveLength(2);
  await user.keyboard('w');
  expect(callsOf(fake, 'withdraw')).toEqual([]);
  const neighbour = shown()[1] ?? '';
  await user.keyboard('jw');
  await expect.poll(() => callsOf(fake, 'withdraw')).toEqual([neighbour]);
});

test('what is pushed while the outbox is read is not undone by the older answer', async () => {
  const { fake } = openWindow({}, '#/queue');
  await find('queue-row-review-0');
  fake.add(entryOf('one'));
  const old = await fake.backend.outbox();
  let answer: (entries: OutboxEntry[]) => void = () => {};
  fake.backend.outbox = () => new Promise((resolve) => (answer = resolve));
  window.location.hash = '#/outbox';
  await find('outbox');
  expect(screen.getByTestId('outbox-rehearse')).toHaveProperty('disabled', true);
  fake.settle('one', { state: 'sending', hold: 'none' });
  answer([...old]);
  const entry = await find('outbox-entry-one');
  expect(within(entry).getByTestId('outbox-state').dataset.state).toBe('sending');
});

test('a change lays in what was decided in place of earlier picks, and takes it along when it is left', async () => {
  const { fake, user } = openWindow({}, '#/outbox');
  await screen.findByText('Nothing decided yet');
  const view = await fake.backend.review('review-1');
  const path = view.preview.fields.find(({ choosable }) => choosable)?.path ?? '';
  const picks = [path, 'gone'].map((each) => ({ path: each, side: 'source' as const }));
  const decision = { kind: 'merge' as const, picks, note: 'One person' };
  await fake.backend.decide({ opId: 'op-1', reviewId: 'review-1', basedOn: 'v1-1', dryRun: false, decision });
  pick('review-1', { [path]: 'candidate' });
  await user.click(await find('outbox-edit-op-1'));
  expect((await find('review-changing')).textContent).toContain('1 of them is left out');
  await user.keyboard('m');
  await find('merge-sheet');
  const last = () => callsOf(fake, 'decide').at(-1) as { decision: { picks: unknown } };
  await expect.poll(() => last().decision.picks).toEqual([{ path, side: 'source' }]);
  await user.keyboard('{Escape}s');
  const note = within(await find('keep-sheet')).getByTestId<HTMLTextAreaElement>('keep-reason');
  expect(note.value, 'the reason of a merge is none to keep them apart').toBe('');
  await user.keyboard('{Escape}{Escape}');
  await expect.poll(() => window.location.hash).toBe('#/outbox');
  window.location.hash = '#/review/review-1';
  await find('review');
  expect(screen.queryByText(/pick: back to the default/)).toBeNull();
});
