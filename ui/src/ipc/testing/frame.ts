import type {
  AccountView,
  DecisionInput,
  FilesView,
  Opened,
  OutboxEntry,
  QueuePage,
  QueueRequest,
  QueueRow,
  StatusView,
} from '../bindings';

const now = (): string => new Date().toISOString();

const account: AccountView = {
  id: 'sandbox',
  origin: 'http://127.0.0.1:2212',
  person: 'Robin Admin',
  organization: 'sandbox',
  role: 'ADMIN',
  sandbox: true,
  signedIn: true,
};

const status: StatusView = {
  connection: 'online',
  syncing: false,
  loaded: 0,
  total: null,
  syncedAt: now(),
  nextSendAt: null,
  trouble: null,
  taking: null,
};

export const SETTLED = ['applied', 'applied_elsewhere', 'withdrawn', 'superseded'];
export const STUCK = ['conflict', 'refused', 'needs_person'];

/** A decision that was just made, and can be taken back for a while. */
export function fresh(
  what: Pick<OutboxEntry, 'opId' | 'kind' | 'subject' | 'title'>,
  cancelWindow: number,
): OutboxEntry {
  return {
    ...what,
    state: 'queued',
    hold: 'cancel_window',
    reason: '',
    attempts: 0,
    note: null,
    decidedAt: now(),
    changedAt: now(),
    cancelUntil: new Date(Date.now() + cancelWindow).toISOString(),
    canWithdraw: true,
    canRetry: true,
    mayDouble: false,
    differences: [],
    receipt: null,
    refusedAt: null,
    canMarkApplied: false,
    canMarkNotApplied: false,
    saidDone: false,
    canEdit: false,
    canCompare: false,
    waitsFor: [],
    pausedUntil: null,
    survivorId: null,
    history: [],
  };
}

function entry(opId: string, row: QueueRow, decision: DecisionInput, cancelWindow: number): OutboxEntry {
  const merges = decision.kind === 'merge';
  const title = `${row.sourceName}${merges ? ' → ' : ' and '}${row.candidateName}`;
  const what = { opId, kind: merges ? 'merge' : 'keep-separate', subject: row.reviewId, title };
  return { ...fresh(what, cancelWindow), note: decision.note, canEdit: true };
}

function page(rows: QueueRow[], entries: OutboxEntry[], request: QueueRequest, revision: number): QueuePage {
  const { filter, sort, search, offset, limit } = request;
  const text = search.toLowerCase();
  const decided = entries
    .filter(({ state }) => !SETTLED.includes(state))
    .map(({ subject, title }): QueueRow => {
      const [sourceName = '', candidateName = ''] = title.split(/ → | and /);
      const ids = { reviewId: subject, sourceId: '', candidateId: '' };
      const rest = {
        kind: 'fuzzyMatch',
        score: 80,
        differing: [],
        createdAt: now(),
        local: 'queued',
        here: true,
      } as const;
      return { ...ids, sourceName, candidateName, ...rest, differing: [] };
    });
  const all = filter === 'decided' ? decided : rows;
  const wanted =
    filter === 'phoneConflicts' ? 'phoneConflict' : filter === 'fuzzyMatches' ? 'fuzzyMatch' : null;
  const shown = all
    .filter((row) => wanted === null || row.kind === wanted)
    .filter((row) => `${row.sourceName} ${row.candidateName}`.toLowerCase().includes(text));
  if (sort === 'scoreUp' || sort === 'oldest') shown.reverse();
  return { rows: shown.slice(offset, offset + limit), total: shown.length, revision };
}

/** Texts and shapes of the made-up frame. */
export const words = { account, status, entry, page };

interface World {
  revision: number;
  signedIn: boolean;
  accountId: string;
  rows: QueueRow[];
  entries: OutboxEntry[];
  status: StatusView;
  files: FilesView;
}

/** What `open` answers. */
export function snapshot({
  revision,
  signedIn,
  accountId,
  rows,
  entries,
  status: line,
  files,
}: World): Opened {
  const capability = { grade: 'documented', support: 'yes', without: '' } as const;
  return {
    revision,
    accounts: signedIn ? [account] : [],
    account: signedIn ? { ...account, id: accountId } : null,
    capabilities: [
      { ...capability, route: 'listReviews', label: 'List the reviews' },
      { ...capability, route: 'merge', label: 'Merge two contacts', support: 'untested' },
      {
        route: 'notes',
        label: 'Notes of a contact',
        grade: 'published',
        support: 'no',
        without: 'Notes are not shown beside the fields.',
      },
    ],
    counts: {
      queue: rows.length,
      phoneConflicts: rows.filter((row) => row.kind === 'phoneConflict').length,
      outbox: entries.filter((each) => !SETTLED.includes(each.state)).length,
      needsPerson: entries.filter((each) => STUCK.includes(each.state)).length,
    },
    status: line,
    outbox: entries,
    files,
    version: '0.1.0',
    secrets: 'Sign-ins are kept in the keyring of this computer.',
  };
}
