import type { SeparationEdit } from '../../ipc/bindings';

/** Something the application is asked for, in its turn. */
export type Job =
  | { kind: 'edit'; edits: SeparationEdit[] }
  | { kind: 'undo' }
  | { kind: 'redo' }
  | { kind: 'open' };

/** One edit that does what two in a row do, where there is one: a held key and fast typing then cost one call. */
function joined(earlier: SeparationEdit, later: SeparationEdit): SeparationEdit | null {
  if (earlier.edit === 'moveDivider' && later.edit === 'moveDivider') {
    const same = earlier.conversationId === later.conversationId;
    return same ? { ...later, by: earlier.by + later.by } : null;
  }
  if (earlier.edit === 'set' && later.edit === 'set') {
    return earlier.path === later.path && earlier.side === later.side ? later : null;
  }
  if (earlier.edit === 'divide' && later.edit === 'divide') {
    return earlier.conversationId === later.conversationId ? later : null;
  }
  return null;
}

/** The waiting jobs with one more at their end. */
export function withJob(waiting: readonly Job[], job: Job): Job[] {
  const last = waiting.at(-1);
  const rest = waiting.slice(0, -1);
  if (last?.kind === 'open' && job.kind === 'open') return [...waiting];
  if (last?.kind !== 'edit' || job.kind !== 'edit') return [...waiting, job];
  const [one, other] = [last.edits[0], job.edits[0]];
  if (last.edits.length !== 1 || job.edits.length !== 1 || !one || !other) return [...waiting, job];
  const both = joined(one, other);
  return both ? [...rest, { kind: 'edit', edits: [both] }] : [...waiting, job];
}
