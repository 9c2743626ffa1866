import type { Backend } from '../backend';
import type {
  Changes,
  DecideRequest,
  DecisionInput,
  FilesView,
  OutboxEntry,
  QueueRow,
  Rehearsed,
  ReviewView,
  StatusView,
} from '../bindings';
import { Refusal } from '../refusal';
import { comparing } from './comparing';
import { foundOf } from './contacts';
import { SETTLED, snapshot, words } from './frame';
import { historyOf, settledOf } from './history';
import { FINE, isDiscardable, leaving } from './leaving';
import { numberOf, previewOf, reviewOf, rowOf } from './reviews';
import { type SeparationOptions, separations } from './separation';
import { settings } from './settings';
import { taking } from './taking';

export interface FakeOptions extends SeparationOptions {
  reviews?: number;
  /** Starts signed in to the sandbox. */
  signedIn?: boolean;
  /** Milliseconds before every answer. */
  delay?: number;
  status?: Partial<StatusView>;
  /** Whether decisions can be saved. */
  files?: Partial<FilesView>;
  /** Separations that somebody works on. */
  drafts?: number;
  /** How long a decision can be taken back, in milliseconds. */
  cancelWindow?: number;
  /** Decisions that were settled before. */
  settled?: number;
}

/** Answers a call: writes it down, waits, refuses it where it is to be refused. */
export type Answer = <T>(name: keyof Backend, argument: unknown, make: () => T) => Promise<T>;

const SAID = { hold: 'none', canMarkApplied: false, canMarkNotApplied: false, canCompare: false } as const;

function wellSaid(reason: string): string {
  if (reason.trim() !== '') return reason;
  throw new Refusal({ code: 'invalid', message: 'Say how you know it.', hint: null, field: 'reason' });
}

/** The application in memory: for development in a browser and for tests, never part of a build. */
export function createFake(options: FakeOptions = {}) {
  const { reviews = 214, delay = 0, cancelWindow = 8000, settled = 0 } = options;
  let signedIn = options.signedIn ?? true;
  let accountId = words.account.id;
  let revision = 1;
  let channel: ((changes: Changes) => void) | undefined;
  let rows: QueueRow[] = Array.from({ length: reviews }, (_, n) => rowOf(n));
  let entries: OutboxEntry[] = [];
  let status = { ...words.status, ...options.status };
  let files = { ...FINE, ...options.files };
  const verdicts = new Map<string, Rehearsed>();
  const decided = new Map<string, DecisionInput>();
  const past = Array.from({ length: settled }, (_, n) => settledOf(n));
  const calls: { name: string; argument: unknown }[] = [];
  const refusals = new Map<keyof Backend, Refusal>();
  const versions = new Map<string, number>();

  const frame = () => snapshot({ revision, signedIn, accountId, rows, entries, status, files });
  const answer: Answer = async (name, argument, make) => {
    calls.push({ name, argument });
    if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
    const refusal = refusals.get(name);
    if (refusal) throw refusal;
    return make();
  };
  const commit = (change: Partial<Changes>): Changes => {
    revision += 1;
    const waiting = entries.filter((entry) => entry.cancelUntil !== null);
    status = { ...status, nextSendAt: waiting[0]?.cancelUntil ?? null };
    const { counts } = frame();
    const changes = {
      revision,
      upserts: [],
      removals: [],
      outbox: [],
      contacts: [],
      closing: null,
      reopen: false,
      counts,
      status,
      ...change,
    };
    channel?.(changes);
    return changes;
  };
  const put = (entry: OutboxEntry): OutboxEntry => {
    entries = [entry, ...entries.filter((each) => each.opId !== entry.opId)];
    return entry;
  };
  const find = (opId: string): OutboxEntry => {
    const entry = entries.find((each) => each.opId === opId);
    if (!entry)
      throw new Refusal({ code: 'notFound', message: 'There is no such decision.', hint: null, field: null });
    return entry;
  };
  const settle = (opId: string, change: Partial<OutboxEntry>): OutboxEntry => {
    const quiet = { cancelUntil: null, canWithdraw: false, canRetry: false, mayDouble: false };
    const entry = put({ ...find(opId), ...quiet, ...change, changedAt: new Date().toISOString() });
    commit({ outbox: [entry] });
    return entry;
  };

  /** A review in its present version: from the second on, its candidate goes by another name. */
  function view(reviewId: string): ReviewView {
    const n = numberOf(reviewId);
    const [version, first] = [versions.get(reviewId) ?? 1, reviewOf(n)];
    const decision = entries.find((entry) => entry.subject === reviewId) ?? null;
    const input = decision?.canEdit ? (decided.get(decision.opId) ?? null) : null;
    const here = { ...first, decision, decided: input };
    if (version === 1) return here;
    const candidate = { ...first.candidate, name: `${first.candidate.name} (${version})` };
    const preview = { ...first.preview, survivorName: candidate.name };
    return { ...here, basedOn: `v${version}-${n}`, candidate, preview };
  }

  function decide({ opId, reviewId, basedOn, decision, dryRun }: DecideRequest) {
    const preview = decision.kind === 'merge' ? previewOf(numberOf(reviewId), decision.picks) : null;
    if (basedOn !== view(reviewId).basedOn) {
      const message = 'The review has changed since you looked at it.';
      throw new Refusal({ code: 'stale', message, hint: null, field: null });
    }
    if (dryRun) return { preview, entry: null, changes: null };
    const known = entries.find((entry) => entry.opId === opId);
    if (known) return { preview, entry: known, changes: null };
    const row = rowOf(numberOf(reviewId));
    const earlier = entries.find((each) => each.subject === reviewId && !SETTLED.includes(each.state));
    if (earlier) settle(earlier.opId, { state: 'superseded', hold: 'none', canEdit: false });
    decided.set(opId, decision);
    const entry = put(words.entry(opId, row, decision, cancelWindow));
    rows = rows.filter((each) => each.reviewId !== reviewId);
    setTimeout(() => {
      const { state, hold } = find(opId);
      if (state === 'queued' && hold === 'cancel_window')
        settle(opId, { state: 'applied', hold: 'none', reason: '', attempts: 1, canEdit: false });
    }, cancelWindow);
    return { preview, entry, changes: commit({ removals: [reviewId], outbox: [entry] }) };
  }

  function set(change: { status?: Partial<StatusView>; files?: Partial<FilesView> }): void {
    status = { ...status, ...change.status };
    files = { ...files, ...change.files };
    commit({ reopen: change.files !== undefined });
  }

  const signIn = () => {
    signedIn = true;
    return words.account;
  };
  const separation = separations({
    ...options,
    answer,
    save: (entry) => commit({ outbox: [put(entry)] }),
  });
  const configuration = settings({
    answer,
    entries: () => entries,
    save: (...saved) => commit({ outbox: saved.map(put) }),
  });
  const online = () => status.connection === 'online';
  const backend: Backend = {
    ...separation.backend,
    ...comparing({ answer, find, online, verdicts }),
    ...taking({ answer, reviews, tell: (view) => set({ status: { taking: view } }) }),
    ...configuration.backend,
    ...leaving({
      answer,
      entries: () => entries,
      drafts: options.drafts ?? 0,
      online,
      commit,
      setFiles: (next) => {
        files = next;
      },
      discard: () => {
        for (const { opId } of entries.filter(isDiscardable))
          settle(opId, { state: 'withdrawn', hold: 'none', reason: 'Taken back.' });
      },
      signOut: () => {
        signedIn = false;
        commit({ reopen: true });
      },
    }),
    open: (onChanges) =>
      answer('open', null, () => {
        channel = onChanges;
        return frame();
      }),
    connect: (request) => answer('connect', request, signIn),
    connectSandbox: () => answer('connectSandbox', null, signIn),
    resetSandbox: () => answer('resetSandbox', null, signIn),
    switchAccount: (id) =>
      answer('switchAccount', id, () => {
        accountId = id;
        commit({ reopen: true });
        return signIn();
      }),
    queue: (request) => answer('queue', request, () => words.page(rows, entries, request, revision)),
    review: (reviewId) => answer('review', reviewId, () => view(reviewId)),
    decide: (request) => answer('decide', request, () => decide(request)),
    outbox: () => answer('outbox', null, () => entries),
    withdraw: (opId) =>
      answer('withdraw', opId, () => {
        if (['separate', 'settings'].includes(find(opId).kind)) {
          return settle(opId, { state: 'withdrawn', hold: 'none', reason: 'Taken back.' });
        }
        const row = rowOf(numberOf(find(opId).subject));
        rows = [...rows, row].sort((a, b) => numberOf(a.reviewId) - numberOf(b.reviewId));
        const reason = find(opId).attempts > 0 ? 'Given up; the server may have done it.' : 'Taken back.';
        const entry = settle(opId, { state: 'withdrawn', hold: 'none', reason });
        commit({ upserts: [row] });
        return entry;
      }),
    retry: (opId) =>
      answer('retry', opId, () => settle(opId, { state: 'sending', hold: 'none', reason: '' })),
    markApplied: (opId, reason) =>
      answer('markApplied', { opId, reason }, () => {
        const words = `You said that it was done: ${wellSaid(reason)}`;
        return settle(opId, { ...SAID, state: 'applied', saidDone: true, reason: words });
      }),
    markNotApplied: (opId, reason) =>
      answer('markNotApplied', { opId, reason }, () => {
        const words = `You said that it was not done: ${wellSaid(reason)}`;
        return settle(opId, { ...SAID, state: 'withdrawn', reason: words });
      }),
    contacts: (request) => answer('contacts', request, () => foundOf(reviews, online(), request)),
    history: (request) =>
      answer('history', request, () =>
        historyOf([...entries.filter(({ state }) => SETTLED.includes(state)), ...past], request),
      ),
    syncNow: () => answer('syncNow', null, () => undefined),
  };
  return {
    backend,
    calls,
    /** Lets a call be refused from now on, or no longer. */
    refuse(name: keyof Backend, refusal: Refusal | null): void {
      if (refusal) refusals.set(name, refusal);
      else refusals.delete(name);
    },
    /** Pushes a change as the application would. */
    push: commit,
    /** Changes a review as somebody else would: its candidate is called otherwise from then on. */
    change(reviewId: string): void {
      versions.set(reviewId, (versions.get(reviewId) ?? 1) + 1);
      commit({ upserts: [rowOf(numberOf(reviewId))] });
    },
    /** Changes the settings of duplicate detection as somebody else would; `null`: they were never read. */
    configure: configuration.set,
    /** Lets the contact that is separated have another record on the server. */
    appear(contactId: string): void {
      separation.appear();
      commit({ contacts: [contactId] });
    },
    /** Changes an entry as the sender would. */
    settle,
    /** Lets looking before sending find this of an entry. */
    find(opId: string, verdict: Rehearsed): void {
      verdicts.set(opId, verdict);
    },
    /** Puts an entry into the outbox, as one of an earlier day. */
    add(entry: OutboxEntry): void {
      commit({ outbox: [put(entry)] });
    },
    set,
  };
}

export type Fake = ReturnType<typeof createFake>;
