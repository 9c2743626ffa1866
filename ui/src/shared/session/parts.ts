import { useMemo } from 'react';
import type { OutboxEntry, OutboxState } from '../../ipc/bindings';
import { isSettled } from '../entryWords';
import type { OutboxPart } from '../route';
import { useSession } from './SessionContext';

const FOR_A_PERSON: OutboxState[] = ['conflict', 'needs_person', 'refused'];
const ON_THE_WAY: OutboxState[] = ['checking', 'sending', 'uncertain'];

/** Which number of the status line counts a decision; none counts what is settled. */
export function partOf(entry: Pick<OutboxEntry, 'state' | 'hold'>): OutboxPart | null {
  if (isSettled(entry)) return null;
  if (FOR_A_PERSON.includes(entry.state) || entry.hold === 'review_needed') return 'needsYou';
  return ON_THE_WAY.includes(entry.state) ? 'sending' : 'waiting';
}

/** What is not settled, counted by what is to be known of it at a glance. */
export interface Parts {
  waiting: number;
  sending: number;
  needsYou: number;
  /** Of those that wait: how many can still be taken back. */
  undoable: number;
  /** RFC 3339 time at which the first pause ends by itself; nothing where none is paused. */
  pausedUntil: string | null;
}

export function countParts(entries: readonly OutboxEntry[]): Parts {
  const parts: Parts = { waiting: 0, sending: 0, needsYou: 0, undoable: 0, pausedUntil: null };
  for (const entry of entries) {
    const part = partOf(entry);
    if (part === null) continue;
    parts[part] += 1;
    if (part !== 'waiting') continue;
    if (entry.hold === 'cancel_window') parts.undoable += 1;
    const { pausedUntil } = entry;
    if (pausedUntil && (!parts.pausedUntil || Date.parse(pausedUntil) < Date.parse(parts.pausedUntil)))
      parts.pausedUntil = pausedUntil;
  }
  return parts;
}

/** The parts as they are now. */
export function useParts(): Parts {
  const entries = useSession((session) => session.outbox);
  return useMemo(() => countParts(entries), [entries]);
}
