import type { OutboxEntry, OutboxState } from '../ipc/bindings';

/** How an entry of the outbox is drawn: going well, waiting, or asking for a person. */
export type Tone = 'good' | 'calm' | 'caution' | 'alert';

const TONES: Record<OutboxState, Tone> = {
  draft: 'calm',
  queued: 'calm',
  checking: 'calm',
  sending: 'calm',
  applied: 'good',
  refused: 'alert',
  uncertain: 'caution',
  applied_elsewhere: 'good',
  conflict: 'alert',
  needs_person: 'alert',
  withdrawn: 'calm',
  superseded: 'calm',
};

/** Whether the server did something else than was predicted. */
export function isOtherwise({ differences, receipt }: OutboxEntry): boolean {
  return differences.length > 0 || (receipt !== null && !receipt.asPredicted);
}

const SETTLED: OutboxState[] = ['applied', 'applied_elsewhere', 'withdrawn', 'superseded'];

/** Whether it will not change by itself, nor needs anybody. */
export const isSettled = ({ state }: Pick<OutboxEntry, 'state'>): boolean => SETTLED.includes(state);

export function toneOf(entry: OutboxEntry): Tone {
  if (isOtherwise(entry)) return 'caution';
  return entry.hold === 'review_needed' ? 'alert' : TONES[entry.state];
}

/** Whether taking it back undoes it without a trace: it waits, and was never sent. Anything else is only given up. */
export function canUndo({ canWithdraw, state, attempts }: OutboxEntry): boolean {
  return canWithdraw && state === 'queued' && attempts === 0;
}

/** Key of the words for its state: what it waits for, if it waits. What was sent is given up, and not taken back. */
export function stateKey({
  state,
  hold,
  attempts,
  saidDone,
}: Pick<OutboxEntry, 'state' | 'hold' | 'attempts' | 'saidDone'>): string {
  if (state === 'applied' && saidDone) return 'state.saidDone';
  if (state === 'withdrawn' && attempts > 0) return 'state.givenUp';
  return state === 'queued' && hold !== 'none' ? `hold.${hold}` : `state.${state}`;
}
