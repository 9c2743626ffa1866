import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Backend } from '../../ipc/backend';
import type { SeparationEdit, SeparationState } from '../../ipc/bindings';
import { Refusal } from '../../ipc/refusal';
import { createFake } from '../../ipc/testing/fake';
import { createEditor } from './editor';
import { type Job, withJob } from './jobs';
import { merge, planOf } from './merge';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const assign = (id: string, to: 'original' | 'new'): SeparationEdit => ({
  edit: 'assign',
  children: [{ kind: 'note', id }],
  to,
});

/** An editor whose calls are answered when the test says so. */
async function opened() {
  const fake = createFake();
  const held: (() => void)[] = [];
  let hold = false;
  const backend: Backend = {
    ...fake.backend,
    separationEdit: async (contactId, edits) => {
      const answer = fake.backend.separationEdit(contactId, edits);
      if (hold) await new Promise<void>((resolve) => held.push(resolve));
      return answer;
    },
  };
  const editor = createEditor(backend, 'contact-1');
  editor.open();
  await vi.runAllTimersAsync();
  hold = true;
  const edits = () =>
    fake.calls
      .filter((call) => call.name === 'separationEdit')
      .map((call) => (call.argument as [string, SeparationEdit[]])[1]);
  const let1 = async () => {
    held.shift()?.();
    await vi.advanceTimersByTimeAsync(0);
  };
  return { fake, editor, edits, let1, text: (side: 'original' | 'new') => textOf(editor, side) };
}

function textOf(editor: ReturnType<typeof createEditor>, side: 'original' | 'new') {
  const { typed, plan } = editor.store.getState();
  const line = plan?.state.lines.find((each) => each.path === 'firstName');
  return typed[`${side}:firstName`] ?? line?.[side].text;
}

test('one call at a time, in the order of what was done', async () => {
  const { editor, edits, let1 } = await opened();
  editor.edit(assign('no-7', 'new'));
  editor.edit(assign('no-8', 'original'));
  editor.edit(assign('no-9', 'new'));
  await vi.advanceTimersByTimeAsync(0);
  expect(edits()).toHaveLength(1);
  await let1();
  await let1();
  expect(edits().map(([each]) => each)).toEqual([
    assign('no-7', 'new'),
    assign('no-8', 'original'),
    assign('no-9', 'new'),
  ]);
  await let1();
  const places = editor.store.getState().plan?.places;
  expect(['no-7', 'no-8', 'no-9'].map((id) => places?.get(`note:${id}`))).toEqual(['new', 'original', 'new']);
});

test('typing rests before it is sent, and is never lost to an older answer', async () => {
  const { editor, edits, let1, text } = await opened();
  for (const typed of ['J', 'Ja', 'Jan']) editor.type('firstName', 'new', typed);
  expect(edits()).toEqual([]);
  await vi.advanceTimersByTimeAsync(250);
  expect(edits()).toEqual([[{ edit: 'set', path: 'firstName', side: 'new', text: 'Jan' }]]);
  editor.type('firstName', 'new', 'Janet');
  await let1();
  expect(text('new')).toBe('Janet');
  await vi.advanceTimersByTimeAsync(250);
  expect(text('new')).toBe('Janet');
  await let1();
  expect(editor.store.getState().typed).toEqual({});
  expect(text('new')).toBe('Janet');
});

test('what was typed goes out before an undo, so that the undo takes it back', async () => {
  const { fake, editor, let1, text } = await opened();
  editor.type('firstName', 'new', 'Janet');
  editor.undo();
  await let1();
  await vi.advanceTimersByTimeAsync(0);
  const order = fake.calls.map((call) => call.name).filter((name) => /Edit|Undo/.test(name));
  expect(order).toEqual(['separationEdit', 'separationUndo']);
  expect(text('new')).toBe('');
});

test('a change that is refused says why, and the next one is made', async () => {
  const { fake, editor, let1 } = await opened();
  fake.refuse('separationEdit', new Refusal({ code: 'invalid', message: 'No.', hint: null, field: null }));
  editor.edit(assign('no-7', 'new'));
  await let1();
  expect(editor.store.getState().trouble?.message).toBe('No.');
  fake.refuse('separationEdit', null);
  editor.edit(assign('no-7', 'new'));
  await vi.advanceTimersByTimeAsync(0);
  await let1();
  const { trouble, plan } = editor.store.getState();
  expect([trouble, plan?.places.get('note:no-7')]).toEqual([null, 'new']);
});

test('a text that is refused stays on the screen, and goes out again with the next change', async () => {
  const { fake, editor, edits, let1, text } = await opened();
  fake.refuse('separationEdit', new Refusal({ code: 'storage', message: 'Full.', hint: null, field: null }));
  editor.type('firstName', 'new', 'Janet');
  editor.flush();
  await let1();
  expect([text('new'), editor.store.getState().trouble?.message]).toEqual(['Janet', 'Full.']);
  fake.refuse('separationEdit', null);
  editor.edit(assign('no-7', 'new'));
  await let1();
  await let1();
  expect(edits().map(([each]) => each?.edit)).toEqual(['set', 'set', 'assign']);
  expect(editor.store.getState().typed).toEqual({});
  expect(text('new')).toBe('Janet');
});

test('everything is settled only when the last answer is there', async () => {
  const { editor, let1 } = await opened();
  const settled = vi.fn();
  editor.type('firstName', 'new', 'Janet');
  void editor.settled().then(settled);
  await vi.advanceTimersByTimeAsync(0);
  expect(settled).not.toHaveBeenCalled();
  await let1();
  expect(settled).toHaveBeenCalledTimes(1);
});

test('a name asks for proposals anew, a move does not', async () => {
  const { fake, editor, let1 } = await opened();
  const asked = () => fake.calls.filter((call) => call.name === 'separationSuggestions').length;
  expect(asked()).toBe(1);
  editor.edit(assign('no-7', 'new'));
  await let1();
  await vi.advanceTimersByTimeAsync(500);
  expect(asked()).toBe(1);
  editor.type('firstName', 'new', 'Janet');
  await vi.advanceTimersByTimeAsync(250);
  await let1();
  await vi.advanceTimersByTimeAsync(500);
  expect(asked()).toBe(2);
});

const by = (by: number, conversationId = 'a'): Job => ({
  kind: 'edit',
  edits: [{ edit: 'moveDivider', conversationId, by }],
});

test.each([
  ['steps of a held key are one', [by(1)], by(2), [by(3)]],
  ['of another conversation they are not', [by(1)], by(2, 'b'), [by(1), by(2, 'b')]],
  ['across an undo neither', [by(1), { kind: 'undo' } as Job], by(2), [by(1), { kind: 'undo' }, by(2)]],
  ['reading again twice is once', [{ kind: 'open' } as Job], { kind: 'open' } as Job, [{ kind: 'open' }]],
  [
    'two undos are two',
    [{ kind: 'undo' } as Job],
    { kind: 'undo' } as Job,
    [{ kind: 'undo' }, { kind: 'undo' }],
  ],
])('waiting: %s', (_, waiting, job, result) => {
  expect(withJob(waiting, job)).toEqual(result);
});

test('a state tells what moved, and an older one nothing', async () => {
  const view = await createFake().backend.separation('contact-1');
  const plan = planOf(view);
  expect(plan.places.size).toBe(12);
  const place = { kind: 'note', id: 'no-7', place: 'new' } as const;
  const newer: SeparationState = { ...view.state, revision: 5, places: [place], undecided: 11 };
  const next = merge(plan, newer);
  expect([next.places.get('note:no-7'), next.places.get('note:no-8'), next.state.undecided]).toEqual([
    'new',
    'undecided',
    11,
  ]);
  expect(merge(next, { ...view.state, revision: 4, places: [{ ...place, place: 'original' }] })).toBe(next);
});
