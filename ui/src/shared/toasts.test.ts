import { beforeEach, expect, test } from 'vitest';
import { dismissUndo, toast, useToasts } from './toasts';

beforeEach(() => useToasts.setState({ toasts: [] }));

test('an offer to undo goes once it is too late, and what else is said stays', () => {
  const run = () => undefined;
  toast({ tone: 'calm', text: 'Merged', about: 'op1', action: { label: 'Undo', run, undoes: true } });
  toast({ tone: 'calm', text: 'Kept', about: 'op2', action: { label: 'Undo', run, undoes: true } });
  toast({ tone: 'calm', text: 'Taken back', about: 'op3', action: { label: 'Open it', run } });
  for (const about of ['op1', 'op3', 'op4']) dismissUndo(about);
  expect(useToasts.getState().toasts.map((each) => each.text)).toEqual(['Kept', 'Taken back']);
});
