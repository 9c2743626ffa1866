import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { DecideRequest } from '../src/ipc/bindings';
import { Refusal } from '../src/ipc/refusal';
import { violations } from './axe';
import { callsOf, find, openWindow } from './window';

const requests = (fake: ReturnType<typeof openWindow>['fake']) => callsOf(fake, 'decide') as DecideRequest[];
const saved = (fake: ReturnType<typeof openWindow>['fake']) => requests(fake).filter((each) => !each.dryRun);
const text = (testId: string) => screen.getByTestId(testId).textContent ?? '';

test('equal, equal once normalised, different and missing are told apart in words', async () => {
  openWindow({}, '#/review/review-3');
  await find('field-firstName');
  expect(text('field-lastName')).toContain('equal');
  expect(text('field-phoneNumber')).toContain('equal once normalised');
  expect(text('field-firstName')).toContain('different');
  expect(text('field-dateOfBirth')).toContain('only the candidate has it');
  const marks = screen.getByTestId('pick-firstName-source').querySelectorAll('mark');
  expect([...marks].map((mark) => mark.textContent)).toEqual(['e']);
  expect(marks[0]?.className).toBe('');
  expect(await violations()).toEqual([]);
});

test('values unlike as a whole are not marked character by character', async () => {
  openWindow({}, '#/review/review-0');
  const mark = (await find('pick-address.city-source')).querySelector('mark');
  expect(mark?.textContent).toBe('Toronto');
  expect(mark?.className).toContain('whole');
});

test('a pick asks for a preview and shows its result', async () => {
  const { user, fake } = openWindow({}, '#/review/review-3');
  await user.click(await find('pick-firstName-source'));
  expect(screen.getByTestId('pick-firstName-source').getAttribute('aria-pressed')).toBe('true');
  await expect.poll(() => text('result-firstName')).toBe('Oskaeyour pick');
  expect(requests(fake).at(-1)).toMatchObject({
    dryRun: true,
    basedOn: 'v1-3',
    decision: { kind: 'merge', picks: [{ path: 'firstName', side: 'source' }] },
  });
  expect(saved(fake)).toEqual([]);
});

test('a merge by keyboard alone: pick, all, back to the defaults, confirm; then the next review', async () => {
  const { user, fake } = openWindow({}, '#/review/review-3');
  await find('field-firstName');
  await user.keyboard('1');
  await expect.poll(() => text('result-firstName')).toContain('Oskae');
  await user.keyboard('{Shift>}1{/Shift}');
  await expect.poll(() => text('result-status')).toContain('New Lead');
  await user.keyboard('0');
  await expect.poll(() => text('result-status')).toContain('Contacted');
  await user.keyboard(']]]]{[}1');
  await expect.poll(() => text('result-phoneNumber')).toContain('your pick');
  await user.keyboard('m');
  const sheet = await find('merge-sheet');
  expect(sheet.textContent).toContain('Oskar Okafor survives');
  expect(sheet.textContent).toContain('One other review');
  expect(await violations()).toEqual([]);
  await user.keyboard('{Enter}');
  expect(saved(fake)).toEqual([]);
  await user.keyboard('{Control>}{Enter}{/Control}');
  await expect.poll(() => window.location.hash).toBe('#/review/review-4');
  expect(saved(fake)).toHaveLength(1);
  expect(saved(fake)[0]?.decision).toEqual({
    kind: 'merge',
    picks: [{ path: 'phoneNumber', side: 'source' }],
    note: null,
  });
  expect(saved(fake)[0]?.opId).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
  await expect.poll(() => document.activeElement?.getAttribute('data-testid')).toMatch(/^field-/);
  expect(text('status')).toContain('1 waiting');
});

test('keep separate takes a reason; undo by key takes it back', async () => {
  const { user, fake } = openWindow({}, '#/review/review-3');
  await find('field-firstName');
  await user.keyboard('s');
  const reason = await find('keep-reason');
  await expect.poll(() => document.activeElement).toBe(reason);
  await user.keyboard('Father and son');
  await user.keyboard('{Control>}{Enter}{/Control}');
  await expect.poll(() => window.location.hash).toBe('#/review/review-4');
  expect(saved(fake)[0]?.decision).toEqual({ kind: 'keepSeparate', note: 'Father and son' });
  expect((await find('toast')).textContent).toContain('kept separate');
  await find('toast-undo');
  await find('field-firstName');
  await user.keyboard('z');
  await expect.poll(() => callsOf(fake, 'withdraw')).toEqual([saved(fake)[0]?.opId]);
  expect(await screen.findByText(/Taken back/)).toBeTruthy();
  // Its message takes the place of the one that offered to undo.
  expect(screen.getAllByTestId('toast')).toHaveLength(1);
});

test('a decision that is out of date says so, keeps the sheet, and shows the review anew', async () => {
  const { user, fake } = openWindow({}, '#/review/review-3');
  await user.click(await find('merge'));
  const message = 'This review has changed since you saw it.';
  fake.refuse('decide', new Refusal({ code: 'stale', message, hint: null, field: null }));
  await user.click(await find('commit'));
  expect((await find('error')).textContent).toContain(message);
  expect(window.location.hash).toBe('#/review/review-3');
  fake.refuse('decide', null);
  await user.click(screen.getByRole('button', { name: 'Show it as it is now' }));
  expect(screen.queryByTestId('merge-sheet')).toBeNull();
  await expect.poll(() => callsOf(fake, 'review').length).toBeGreaterThan(1);
});

test.each([
  ['merge', 'merge-sheet'],
  ['keep-separate', 'keep-sheet'],
])(
  'an open sheet of %s stands still while the review changes, and its decision is refused',
  async (button, sheet) => {
    const { user, fake } = openWindow({}, '#/review/review-3');
    await user.click(await find(button));
    const before = (await find(sheet)).textContent;
    const readings = callsOf(fake, 'review').length;
    fake.change('review-3');
    await expect.poll(() => callsOf(fake, 'review').length).toBeGreaterThan(readings);
    await screen.findByText(/has changed since you opened it/);
    expect(screen.getByTestId(sheet).textContent).toBe(before);
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect((await find('error')).textContent).toContain('has changed since you looked at it');
    expect(saved(fake).map((each) => each.basedOn)).toEqual(['v1-3']);
    expect(window.location.hash).toBe('#/review/review-3');
    await user.click(screen.getByRole('button', { name: 'Show it as it is now' }));
    await expect.poll(() => screen.queryByTestId(sheet)).toBeNull();
    expect(text('review')).toContain('(2)');
    await user.click(screen.getByTestId(button));
    await user.click(await find('commit'));
    await expect.poll(() => window.location.hash).toBe('#/review/review-4');
    expect(saved(fake).map((each) => each.basedOn)).toEqual(['v1-3', 'v2-3']);
  },
);

test('nothing is confirmed before its preview is there', async () => {
  const { user, fake } = openWindow({}, '#/review/review-3');
  await find('field-firstName');
  const { decide } = fake.backend;
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  fake.backend.decide = async (request) => {
    if (request.dryRun) await held;
    return decide(request);
  };
  await user.keyboard('1m');
  const commit = (await find('commit')) as HTMLButtonElement;
  expect(commit.disabled).toBe(true);
  await user.keyboard('{Control>}{Enter}{/Control}');
  letGo();
  await expect.poll(() => commit.disabled).toBe(false);
  expect(saved(fake)).toEqual([]);
  expect(commit.textContent).toContain('Merge into Oskae Okafor');
  await user.click(commit);
  await expect.poll(() => saved(fake)).toHaveLength(1);
});

test.each([
  ['merge', 'merge-sheet'],
  ['keep-separate', 'keep-sheet'],
])('two people of one name are told apart in the sheet of %s', async (button, sheet) => {
  const { user } = openWindow({}, '#/review/review-8');
  await user.click(await find(button));
  const words = (await find(sheet)).textContent;
  expect(words).toContain('Mohammed Raman (mohammed.raman@example.com)');
  expect(words).toContain('Mohammed Raman (mohammedraman@example.org)');
});

test('where only one has what tells them apart, the other is said to lack it', async () => {
  const { user } = openWindow({}, '#/review/review-1');
  await user.click(await find('merge'));
  expect(text('merge-sheet')).toMatch(/\(E-mail missing\)/);
});

test('a second press after a lost answer carries the same operation id', async () => {
  const { user, fake } = openWindow({}, '#/review/review-3');
  await user.click(await find('merge'));
  fake.refuse(
    'decide',
    new Refusal({ code: 'storage', message: 'The disk is busy.', hint: null, field: null }),
  );
  await user.click(await find('commit'));
  await find('error');
  fake.refuse('decide', null);
  await user.click(screen.getByTestId('commit'));
  await expect.poll(() => saved(fake).length).toBe(2);
  expect(saved(fake)[0]?.opId).toBe(saved(fake)[1]?.opId);
});

test('a decision in conflict is dismissed from its review, and the key of undo is not shown for it', async () => {
  const { user, fake } = openWindow({}, '#/outbox');
  await screen.findByText('Nothing decided yet');
  const decision = { kind: 'keepSeparate' as const, note: null };
  await fake.backend.decide({ opId: 'op', reviewId: 'review-3', basedOn: 'v1-3', decision, dryRun: false });
  await find('outbox-entry-op');
  window.location.hash = '#/review/review-3';
  expect((await find('review-withdraw')).textContent).toMatch(/^Undo.+/);
  fake.settle('op', { state: 'conflict', hold: 'none', canWithdraw: true });
  await expect.poll(() => text('review-withdraw')).toBe('Dismiss');
  await user.click(screen.getByTestId('review-withdraw'));
  await expect.poll(() => callsOf(fake, 'withdraw')).toEqual(['op']);
});

test('a problem at a field stands at the field, and the button says why it is off', async () => {
  openWindow({}, '#/review/review-5');
  const line = await find('field-phoneNumber');
  expect(line.textContent).toContain('Another contact already has');
  expect((screen.getByTestId('merge') as HTMLButtonElement).disabled).toBe(true);
  expect((screen.getByTestId('keep-separate') as HTMLButtonElement).disabled).toBe(false);
});

test('what the server says against a note stands at the note', async () => {
  const { user, fake } = openWindow({}, '#/review/review-3');
  await user.click(await find('keep-separate'));
  const refusal = new Refusal({
    code: 'invalid',
    message: 'The note is too long.',
    hint: null,
    field: 'note',
  });
  fake.refuse('decide', refusal);
  await user.click(await find('commit'));
  await find('error');
  const reason = screen.getByTestId('keep-reason');
  expect(reason.getAttribute('aria-invalid')).toBe('true');
  const described = reason.getAttribute('aria-describedby')?.split(' ') ?? [];
  expect(described.map((id) => document.getElementById(id)?.textContent)).toContain('The note is too long.');
});

test('Escape closes one layer at a time and keeps the picks', async () => {
  const { user } = openWindow({}, '#/review/review-3');
  await find('field-firstName');
  await user.keyboard('1m');
  await find('merge-sheet');
  await user.keyboard('{Escape}');
  await expect.poll(() => screen.queryByTestId('merge-sheet')).toBeNull();
  expect(window.location.hash).toBe('#/review/review-3');
  await user.keyboard('{Escape}');
  await find('queue');
  await user.keyboard('{Enter}');
  await expect.poll(() => text('result-firstName')).toContain('Oskae');
});

test('another account sees nothing of the last one', async () => {
  const { user, fake } = openWindow({}, '#/review/review-3');
  await find('field-firstName');
  await user.keyboard('1');
  await expect.poll(() => text('result-firstName')).toContain('Oskae');
  await fake.backend.switchAccount('another');
  await find('queue');
  expect(window.location.hash).toBe('#/queue');
  window.location.hash = '#/review/review-3';
  await find('field-firstName');
  expect(text('result-firstName')).toContain('Oskar');
});

test('a review that cannot be read says why', async () => {
  const { fake } = openWindow({}, '#/outbox');
  await find('outbox');
  fake.refuse(
    'review',
    new Refusal({ code: 'notFound', message: 'It is not there.', hint: null, field: null }),
  );
  window.location.hash = '#/review/review-9';
  expect((await find('error')).textContent).toContain('It is not there.');
  expect(await violations()).toEqual([]);
});

test('t offers to separate one of the two, by name, and the way back leads to the review', async () => {
  const { user } = openWindow({}, '#/review/review-1');
  await find('merge');
  await user.keyboard('t');
  const source = await find('separate-source');
  expect(source.textContent).toMatch(/^SSource.*Separate .+…$/);
  expect(document.activeElement).toBe(source);
  expect(await violations()).toEqual([]);
  // A letter in the menu looks for an entry; it decides nothing.
  await user.keyboard('m');
  expect(screen.queryByTestId('merge-sheet')).toBeNull();
  await user.keyboard('{Escape}');
  await expect.poll(() => screen.queryByTestId('separate-source')).toBeNull();
  await user.click(screen.getByTestId('separate-one'));
  await user.click(await find('separate-candidate'));
  expect(window.location.hash).toBe('#/separation/contact-c1/%23%2Freview%2Freview-1');
});

test('the palette separates the source without the menu', async () => {
  const { user } = openWindow({}, '#/review/review-1');
  await find('merge');
  await user.keyboard('{Control>}k{/Control}');
  await find('palette');
  await user.keyboard('separate the source{ArrowDown}{Enter}');
  await expect.poll(() => window.location.hash).toBe('#/separation/contact-s1/%23%2Freview%2Freview-1');
});

test('while a merge is under way neither is separated, and it says why', async () => {
  const { fake, user } = openWindow({}, '#/review/review-1');
  await find('merge');
  const decision = { kind: 'merge' as const, picks: [], note: null };
  const request = { opId: 'op-1', reviewId: 'review-1', basedOn: 'v1-1', decision, dryRun: false };
  await fake.backend.decide(request);
  await expect.poll(() => screen.getByTestId('separate-one').hasAttribute('disabled')).toBe(true);
  await user.keyboard('t');
  expect(screen.queryByTestId('separate-source')).toBeNull();
  expect(screen.getByText('You have decided this. Undo it to decide anew.')).toBeTruthy();
});
