import type { Changes, Opened, OutboxEntry } from '../../ipc/bindings';

/** What the frame of the window shows: the last snapshot with every later change applied. */
export type Session = Opened;

/** What to do with a change, by its revision. */
export type Verdict = 'ignore' | 'apply' | 'reopen';

/** A change that is not newer says nothing new; one that skips a revision continues something we never saw. */
export function judge(revision: number, changes: Changes): Verdict {
  if (changes.revision <= revision) return 'ignore';
  if (changes.reopen || changes.revision > revision + 1) return 'reopen';
  return 'apply';
}

/** Entries by operation id: the new one in place of the old, otherwise at the end. */
function mergeEntries(entries: OutboxEntry[], news: OutboxEntry[]): OutboxEntry[] {
  const byId = new Map(entries.map((entry) => [entry.opId, entry]));
  for (const entry of news) byId.set(entry.opId, entry);
  return [...byId.values()];
}

/** The session after a change that was judged `apply`. */
export function apply(session: Session, changes: Changes): Session {
  return {
    ...session,
    revision: changes.revision,
    counts: changes.counts,
    status: changes.status,
    outbox: mergeEntries(session.outbox, changes.outbox),
  };
}
