import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { SeparationEdit } from '../src/ipc/bindings';
import type { FakeOptions } from '../src/ipc/testing/fake';
import { violations } from './axe';
import { refusalOf } from './refusals';
import { callsOf, find, openWindow } from './window';

async function opened(options: FakeOptions = {}) {
  const opening = openWindow(options, '#/separation/contact-1');
  await find('column-undecided');
  const { fake } = opening;
  const edits = () =>
    callsOf(fake, 'separationEdit').map((argument) => (argument as [string, SeparationEdit[]])[1]);
  return { ...opening, edits };
}

const text = (testId: string) => screen.getByTestId(testId).textContent;
const column = (testId: string) =>
  screen.getByTestId(testId).closest('[data-column]')?.getAttribute('data-column');
const said = () => screen.getByTestId('announcer').lastElementChild?.textContent;

/** What jsdom cannot know: what lies below the pointer. */
function pointAt(testId: string | null) {
  document.elementFromPoint = () => (testId ? screen.getByTestId(testId) : document.body);
}

const pointer = { isPrimary: true, pointerId: 1, button: 0, buttons: 1 };

function drag(testId: string, over: string | null, end: 'drop' | 'escape' = 'drop') {
  fireEvent.pointerDown(screen.getByTestId(testId), { ...pointer, clientX: 10, clientY: 10 });
  pointAt(over);
  fireEvent.pointerMove(window, { ...pointer, clientX: 200, clientY: 50 });
  if (end === 'escape') fireEvent.keyDown(window, { key: 'Escape' });
  fireEvent.pointerUp(window, { ...pointer, buttons: 0, clientX: 200, clientY: 50 });
}

afterEach(() => {
  Reflect.deleteProperty(document, 'elementFromPoint');
});

test('opens on the first undecided card, counts, and says what stands in the way', async () => {
  await opened();
  await expect.poll(() => document.activeElement?.getAttribute('data-testid')).toBe('card-conversation-co-0');
  expect(text('undecided-count')).toBe('12');
  expect(screen.getByTestId('blocked').firstChild?.textContent).toBe('12 undecided · 1 problem');
  expect(text('blocked')).toContain('12 records are undecided.');
  expect(screen.getByTestId('separate-button').hasAttribute('data-disabled')).toBe(true);
  expect(text('guess')).toContain('Janet Doe');
  expect(await violations()).toEqual([]);
});

test('a failure says why, and is tried again', async () => {
  const { fake, user } = openWindow({}, '#/outbox');
  await find('outbox');
  fake.refuse('separation', refusalOf({ code: 'notFound', message: 'This contact is gone.' }));
  window.location.hash = '#/separation/contact-1';
  expect((await find('error')).textContent).toContain('This contact is gone.');
  fake.refuse('separation', null);
  await user.click(screen.getByTestId('again'));
  expect(await find('column-new')).toBeTruthy();
});

test('keys move the focused card, and go on with the next', async () => {
  const { user, edits } = await opened();
  await user.keyboard('2');
  await expect.poll(() => column('card-conversation-co-0')).toBe('new');
  await expect.poll(() => document.activeElement?.getAttribute('data-testid')).toBe('card-conversation-co-1');
  await expect.poll(said).toBe('Dropped: SMS +1 416 555 0100, now New.');
  await user.keyboard('xjx1');
  await expect.poll(() => text('undecided-count')).toBe('9');
  expect(edits().at(-1)).toEqual([
    {
      edit: 'assign',
      children: [
        { kind: 'conversation', id: 'co-1' },
        { kind: 'conversation', id: 'co-2' },
      ],
      to: 'original',
    },
  ]);
  await user.keyboard('z');
  await expect.poll(() => text('undecided-count')).toBe('11');
  await user.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
  await expect.poll(() => text('undecided-count')).toBe('9');
});

test('a keyboard drag tells of lift, over and drop, and Escape puts back without leaving', async () => {
  const { user, edits } = await opened();
  await user.keyboard(' ');
  await expect.poll(said).toContain('Lifted: SMS +1 416 555 0100, from Undecided.');
  await user.keyboard('{ArrowRight}');
  expect(said()).toBe('Over New.');
  await user.keyboard('{Escape}');
  expect(said()).toBe('Put back: SMS +1 416 555 0100. Nothing moved.');
  expect([edits(), window.location.hash]).toEqual([[], '#/separation/contact-1']);
  await user.keyboard(' {ArrowRight}');
  await user.click(screen.getByTestId('card-conversation-co-0'));
  expect([said(), edits()]).toEqual(['Put back: SMS +1 416 555 0100. Nothing moved.', []]);
  await user.keyboard(' {ArrowLeft}{Enter}');
  await expect.poll(() => column('card-conversation-co-0')).toBe('original');
  expect(said()).toBe('Dropped: SMS +1 416 555 0100, now Original.');
});

test('a pointer drags all that is selected; Escape or another place changes nothing; the next click works', async () => {
  const { user, edits } = await opened();
  await user.click(screen.getByTestId('card-conversation-co-0'));
  await user.keyboard('{Control>}');
  await user.click(screen.getByTestId('card-conversation-co-2'));
  await user.keyboard('{/Control}');
  drag('card-conversation-co-0', 'column-new', 'escape');
  drag('card-conversation-co-0', null);
  drag('card-conversation-co-0', 'column-undecided');
  expect(edits()).toEqual([]);
  drag('card-conversation-co-0', 'column-new');
  await expect.poll(() => column('card-conversation-co-2')).toBe('new');
  expect([column('card-conversation-co-0'), edits().length]).toEqual(['new', 1]);
  await user.click(screen.getByTestId('card-conversation-co-1'));
  expect(screen.getByTestId('card-conversation-co-1').getAttribute('aria-selected')).toBe('true');
});

test('all SMS to new is two clicks, everything before a day to original three', async () => {
  const { user } = await opened();
  await user.click(screen.getByTestId('filter-channel-sms'));
  await user.click(screen.getByTestId('bulk-new'));
  await expect.poll(() => text('undecided-count')).toBe('10');
  await user.click(screen.getByTestId('filter-clear'));
  fireEvent.change(screen.getByTestId('filter-before'), { target: { value: '2026-09-01' } });
  await user.click(screen.getByTestId('bulk-original'));
  await expect.poll(() => text('count-original')).toBe('4');
});

test('sure proposals are taken as one step', async () => {
  const { user, edits } = await opened();
  await user.click(await find('bulk-take'));
  await expect.poll(() => text('count-new')).toBe('5');
  expect(edits()).toHaveLength(1);
});

test('a line is split by key, edited in place, and says what is wrong at its field', async () => {
  const { user, edits } = await opened();
  await user.keyboard(']]3');
  await expect.poll(() => edits().at(-1)).toEqual([{ edit: 'share', path: 'lastName' }]);
  await user.keyboard(']2');
  await expect.poll(() => edits().at(-1)).toEqual([{ edit: 'give', path: 'email', to: 'new' }]);
  const input = screen.getByTestId<HTMLInputElement>('line-email-new');
  await user.clear(input);
  await user.type(input, 'janet{Enter}');
  const problem = await find('problem-email-new');
  expect(problem.textContent).toBe('This is no e-mail address.');
  expect(document.getElementById(input.getAttribute('aria-describedby') ?? '')?.contains(problem)).toBe(true);
  expect([input.value, input.getAttribute('aria-invalid')]).toEqual(['janet', 'true']);
  expect(document.activeElement).toBe(screen.getByTestId('line-email'));
  expect(await violations()).toEqual([]);
});

test('a value known from elsewhere is chosen from a menu', async () => {
  const { user } = await opened();
  await user.click(screen.getByTestId('options-phoneNumber-new'));
  await user.click(await screen.findByRole('menuitem', { name: /\+1 416 555 0199/ }));
  await expect
    .poll(() => screen.getByTestId<HTMLInputElement>('line-phoneNumber-new').value)
    .toBe('+1 416 555 0199');
  expect(text('guard')).toContain('Guarded');
});

test('a conversation opens in two inks; the divider is set, moved, swapped and removed', async () => {
  const { user } = await opened();
  await user.keyboard('{Enter}');
  await find('message-co-0-m0');
  await expect.poll(() => document.activeElement?.id).toBe('timeline-messages');
  await user.keyboard('jjd');
  await find('divider');
  const halves = () => [text('half-original-count'), text('half-new-count')];
  expect(halves()).toEqual(['2', '210']);
  expect(within(screen.getByTestId('message-co-0-m1')).getByText('Original')).toBeTruthy();
  expect(within(screen.getByTestId('message-co-0-m2')).getByText('New')).toBeTruthy();
  await user.keyboard('{Alt>}{ArrowDown}{PageDown}{/Alt}');
  await expect.poll(halves).toEqual(['23', '189']);
  const divider = screen.getByTestId('divider');
  expect(divider.getAttribute('aria-valuetext')).toContain('23 messages before it are Jane Doe’s');
  expect(await violations()).toEqual([]);
  await user.click(screen.getByTestId('divider-swap'));
  await expect.poll(halves).toEqual(['189', '23']);
  await user.click(screen.getByTestId('divider-remove'));
  await expect.poll(() => screen.queryByTestId('divider')).toBeNull();
  await user.keyboard('{Escape}');
  await expect.poll(() => screen.queryByTestId('timeline')).toBeNull();
  expect(screen.getByTestId('separation')).toBeTruthy();
});

test('the divider is dragged: counts move with it, Escape puts it back, a drop is one step', async () => {
  const { user, edits } = await opened();
  await user.click(screen.getByTestId('open-conversation-co-0'));
  await user.click(await find('cut-set-2'));
  const at = (await find('divider')).getAttribute('aria-valuenow');
  const before = edits().length;
  const hold = (y: number) => {
    fireEvent.pointerDown(screen.getByTestId('divider'), { ...pointer, clientX: 10, clientY: 10 });
    fireEvent.pointerMove(window, { ...pointer, clientX: 10, clientY: y });
  };
  hold(700);
  const held = text('half-original-count');
  expect(held).not.toBe(at);
  fireEvent.keyDown(window, { key: 'Escape' });
  expect(text('half-original-count')).toBe(at);
  hold(700);
  fireEvent.pointerUp(window, { ...pointer, buttons: 0, clientX: 10, clientY: 700 });
  await expect.poll(() => edits().length).toBe(before + 1);
  await expect.poll(() => text('half-original-count')).toBe(held);
});

test('a text is found in a conversation, with how often', async () => {
  const { user } = await opened();
  await user.keyboard('{Enter}');
  await find('message-co-0-m0');
  await user.keyboard('/');
  await user.type(screen.getByTestId('find'), 'janet');
  await expect.poll(() => text('found')).toBe('1 of 14');
  await user.keyboard('{Enter}');
  expect(text('found')).toBe('2 of 14');
});

test('what the new conversation is to be is said once it is cut', async () => {
  const { user, edits } = await opened();
  await user.click(screen.getByTestId('open-conversation-co-0'));
  await user.click(await find('cut-set-0'));
  await user.type(await find('describe-status'), 'open{Enter}');
  await user.click(screen.getByTestId('describe-assignees'));
  await user.click(await screen.findByRole('menuitemcheckbox', { name: 'Alex Kim' }));
  await expect
    .poll(() => edits().at(-1)?.[0])
    .toEqual({
      edit: 'describe',
      conversationId: 'co-0',
      assignees: ['user-1'],
      status: 'open',
    });
});

test('a record that appears is undecided, and is told with the way to it', async () => {
  const { fake, user } = await opened();
  await user.click(screen.getByTestId('bulk-original'));
  await expect.poll(() => text('undecided-count')).toBe('0');
  fake.appear('contact-1');
  const drift = await find('drift');
  expect(text('undecided-count')).toBe('1');
  await user.click(within(drift).getByRole('button', { name: /has appeared/ }));
  await expect
    .poll(() => document.activeElement?.getAttribute('data-testid'))
    .toBe('card-conversation-co-new12');
  // Read once more, it is no news any longer, but nobody has dismissed it.
  fake.push({ contacts: ['contact-1'] });
  await expect.poll(() => callsOf(fake, 'separation').length).toBe(3);
  expect(screen.getByTestId('drift')).toBeTruthy();
  await user.click(screen.getByTestId('drift-dismiss'));
  expect(screen.queryByTestId('drift')).toBeNull();
});

test('the last sheet says it in words; a confirmation saves it once, offers undo, and goes back', async () => {
  const { fake, user } = openWindow({}, '#/history');
  await find('history');
  window.location.hash = `#/separation/contact-1/${encodeURIComponent('#/history')}`;
  await user.click(await find('guess-name'));
  await user.click(screen.getByTestId('bulk-original'));
  await expect.poll(() => screen.queryByTestId('blocked')).toBeNull();
  await user.keyboard('{Control>}{Enter}{/Control}');
  expect((await find('sheet-irrevocable')).textContent).toContain('The new contact stays');
  expect(await violations()).toEqual([]);
  expect(text('separate-confirm')).toContain('Separate into Jane Doe and Janet Doe');
  await user.keyboard('{Control>}{Enter}{/Control}');
  expect(await find('toast-undo')).toBeTruthy();
  expect(await find('history')).toBeTruthy();
  expect(callsOf(fake, 'separate').map((call) => (call as { dryRun: boolean }).dryRun)).toEqual([
    true,
    false,
  ]);
});

test('a refusal stands in the sheet, and the plan is still there', async () => {
  const { fake, user } = await opened();
  await user.click(await find('guess-name'));
  await user.click(screen.getByTestId('bulk-original'));
  await expect.poll(() => screen.queryByTestId('blocked')).toBeNull();
  fake.refuse('separate', refusalOf({ code: 'stale', message: 'Something has changed.' }));
  await user.click(screen.getByTestId('separate-button'));
  expect((await find('error')).textContent).toContain('Something has changed.');
  expect(screen.getByTestId('separate-confirm').hasAttribute('data-disabled')).toBe(true);
  await user.keyboard('{Escape}');
  await expect.poll(() => screen.queryByTestId('separate-sheet')).toBeNull();
  expect(text('undecided-count')).toBe('0');
});

test('a draft is thrown away only after a question', async () => {
  const { fake, user } = await opened();
  await user.keyboard('2');
  await expect.poll(() => text('undecided-count')).toBe('11');
  await user.click(screen.getByTestId('discard'));
  await find('discard-sheet');
  expect(callsOf(fake, 'separationDiscard')).toEqual([]);
  await user.click(screen.getByTestId('discard-confirm'));
  expect(await find('queue')).toBeTruthy();
  expect(callsOf(fake, 'separationDiscard')).toEqual(['contact-1']);
});

test('of 5,000 cards and 20,000 messages only those in sight are in the document', async () => {
  const { user } = await opened({ children: 5000, messages: 20_000 });
  expect(text('undecided-count')).toBe('5,000');
  const cards = () => document.querySelectorAll('[data-card]').length;
  expect(cards()).toBeLessThan(60);
  // Processor time, which other work on the machine does not lengthen.
  const start = process.cpuUsage();
  await user.keyboard('2');
  await expect.poll(() => text('undecided-count'), { interval: 5 }).toBe('4,999');
  const { user: used } = process.cpuUsage(start);
  expect(used / 1000).toBeLessThan(1000);
  await user.keyboard('{End}');
  await expect.poll(() => document.activeElement?.getAttribute('aria-rowindex')).toBe('4999');
  expect(cards()).toBeLessThan(60);
  await user.click(screen.getByTestId('filter-channel-sms'));
  await user.keyboard('{Home}');
  await user.click(screen.getAllByTestId(/^open-conversation-/)[0] as HTMLElement);
  await find('timeline');
  expect(screen.getAllByRole('option').length).toBeLessThan(80);
});

test('the foot is one line, and each part of it opens to the whole', async () => {
  const { user } = await opened();
  expect(text('guard')).toBe('Sent once only: no phone number guards it');
  await user.click(screen.getByTestId('guard'));
  expect((await find('guard-whole')).textContent).toContain('the server would carry this out twice');
  expect(await violations()).toEqual([]);
  await user.keyboard('{Escape}');
  await expect.poll(() => screen.queryByTestId('guard-whole')).toBeNull();
  expect(screen.getByTestId('separation')).toBeTruthy();

  expect(text('unslotted')).toBe('2 values have no place in a separation and stay with Jane Doe');
  screen.getByTestId('unslotted').focus();
  await user.keyboard('{Enter}');
  const values = within(await find('unslotted-whole')).getAllByRole('listitem');
  expect(values.map((value) => value.textContent)).toEqual([
    expect.stringContaining('+1 647 555 0142'),
    expect.stringContaining('Toronto'),
  ]);
  expect(await violations()).toEqual([]);
  await user.keyboard('{Escape}');
  await expect.poll(() => document.activeElement).toBe(screen.getByTestId('unslotted'));
});

test('a day is marked as empty until one is chosen, and has a button that clears it', async () => {
  const { user } = await opened();
  const day = screen.getByTestId('filter-before');
  expect(day.hasAttribute('data-empty')).toBe(true);
  expect(screen.queryByTestId('filter-before-clear')).toBeNull();
  fireEvent.change(day, { target: { value: '2026-09-01' } });
  expect(day.hasAttribute('data-empty')).toBe(false);
  expect(text('count-undecided')).toContain('of 12');
  await user.click(screen.getByTestId('filter-before-clear'));
  expect(text('count-undecided')).toBe('12');
  expect(document.activeElement).toBe(day);
});

test('fields stay folded where one folded them, and messages fold them only while they are open', async () => {
  const first = await opened();
  await first.user.click(screen.getByTestId('fold-fields'));
  expect(screen.queryByTestId('line-email')).toBeNull();
  cleanup();
  const { user } = await opened();
  expect(screen.queryByTestId('line-email')).toBeNull();
  await user.click(screen.getByTestId('fold-fields'));
  expect(screen.getByTestId('line-email')).toBeTruthy();
  await user.click(screen.getByTestId('open-conversation-co-0'));
  await find('timeline');
  expect(screen.queryByTestId('line-email')).toBeNull();
  await user.click(screen.getByTestId('to-records'));
  expect(screen.getByTestId('line-email')).toBeTruthy();
});
