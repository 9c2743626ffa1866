import type { Backend } from '../backend';
import type { ConflictRow, ConflictView, OutboxEntry, Rehearsed, RehearsedView } from '../bindings';
import type { Answer } from './fake';

const row = (
  path: string,
  label: string,
  whenDecided: string | null,
  now = whenDecided,
  mine = whenDecided,
) => ({
  path,
  label,
  whenDecided,
  now,
  mine,
  changed: whenDecided !== now,
});

const ROWS: ConflictRow[] = [
  row('candidate.email', 'E-mail of the surviving contact', 'jane.doe@example.com', 'jane@example.org'),
  row('candidate.phoneNumber', 'Phone of the surviving contact', '+1 416 555 0100', null),
  row('source.firstName', 'First name', 'Jane', 'Jane', 'Janet'),
  row('source.address.city', 'City', null, null, null),
];

/** What the conflict screen shows of an entry. */
export function conflictOf(entry: OutboxEntry, online: boolean): ConflictView {
  const { opId, kind, subject } = entry;
  return {
    opId,
    headline: 'Two values of the surviving contact are different now from what you saw.',
    rows: ROWS,
    also: ['A note appeared at the surviving contact.'],
    readAt: online ? new Date().toISOString() : null,
    anew:
      kind === 'separate'
        ? { kind: 'separation', contact_id: subject }
        : kind === 'settings'
          ? { kind: 'settings' }
          : { kind: 'review', review_id: subject },
  };
}

const WORDS: Record<Rehearsed, string> = {
  valid: 'The server shows what you saw.',
  moot: 'The server shows the outcome already.',
  changed: 'The e-mail of the surviving contact is different now.',
  gone: 'The review is not there any more.',
  waits: 'An earlier decision goes first.',
  notWaiting: 'It is not waiting any more.',
  unknown: 'The server could not be asked.',
};

/** What looking at entries before sending would find. */
export function rehearsed(entry: OutboxEntry, online: boolean): RehearsedView {
  const verdict: Rehearsed = !online
    ? 'unknown'
    : entry.state !== 'queued'
      ? 'notWaiting'
      : entry.waitsFor.length > 0
        ? 'waits'
        : 'valid';
  return { opId: entry.opId, verdict, words: WORDS[verdict] };
}

interface World {
  answer: Answer;
  find: (opId: string) => OutboxEntry;
  online: () => boolean;
  /** What looking is to find, where a test says so. */
  verdicts: Map<string, Rehearsed>;
}

/** The made-up application's part about comparing decisions with the server. */
export function comparing({ answer, find, online, verdicts }: World): Pick<Backend, 'conflict' | 'rehearse'> {
  return {
    conflict: (opId) => answer('conflict', opId, () => conflictOf(find(opId), online())),
    rehearse: (opIds) =>
      answer('rehearse', opIds, () =>
        opIds.map((opId) => {
          const said = verdicts.get(opId);
          return said ? { opId, verdict: said, words: WORDS[said] } : rehearsed(find(opId), online());
        }),
      ),
  };
}
