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

export function toneOf(entry: OutboxEntry): Tone {
  if (entry.differences.length > 0) return 'caution';
  return entry.hold === 'review_needed' ? 'alert' : TONES[entry.state];
}

/** Key of the words for its state: what it waits for, if it waits. What was sent is given up, and not taken back. */
export function stateKey({
  state,
  hold,
  attempts,
}: Pick<OutboxEntry, 'state' | 'hold' | 'attempts'>): string {
  if (state === 'withdrawn' && attempts > 0) return 'state.givenUp';
  return state === 'queued' && hold !== 'none' ? `hold.${hold}` : `state.${state}`;
}
