import type { Backend } from '../backend';
import type { Changes, FilesView, OutboxEntry, PendingWork } from '../bindings';
import { Refusal } from '../refusal';
import type { Answer } from './fake';
import { SETTLED, STUCK } from './frame';

export const FINE: FilesView = { readOnly: null, canTryAgain: false, damaged: null };

/** Whether discarding takes it back: it can be withdrawn, and no send may have gone without its answer. */
export const isDiscardable = ({ state, hold, attempts }: OutboxEntry): boolean =>
  ['queued', 'checking', ...STUCK].includes(state) && (attempts === 0 || hold === 'auth');

interface World {
  answer: Answer;
  entries: () => OutboxEntry[];
  drafts: number;
  online: () => boolean;
  setFiles: (files: FilesView) => void;
  signOut: () => void;
  /** Takes back what the server cannot have carried out. */
  discard: () => void;
  commit: (change: Partial<Changes>) => Changes;
}

type Calls = 'pendingWork' | 'signOut' | 'exportWork' | 'exportEntry' | 'quit' | 'openAgain' | 'salvage';

/** The made-up application's part about going away, and about files that cannot be written or read. */
export function leaving(world: World): Pick<Backend, Calls> {
  const { answer, entries, drafts, online, setFiles, signOut, discard, commit } = world;
  const pending = (): PendingWork => {
    const open = entries().filter(({ state }) => !SETTLED.includes(state));
    const count = (states: string[]) => open.filter(({ state }) => states.includes(state)).length;
    return {
      waiting: count(['queued']),
      underWay: count(['checking', 'sending']),
      uncertain: count(['uncertain']),
      needsPerson: count(STUCK),
      drafts,
      unsaved: 0,
      discardable: open.filter(isDiscardable).length,
      online: online(),
      word: 'sandbox',
    };
  };
  return {
    pendingWork: (id) => answer('pendingWork', id, pending),
    signOut: (id, how) =>
      answer('signOut', [id, how], () => {
        const work = pending();
        if (how.kind === 'send' && work.waiting > 0 && !work.online) {
          const message = 'The server cannot be reached: nothing was sent, and you are still signed in.';
          throw new Refusal({ code: 'unreachable', message, hint: null, field: null });
        }
        if (how.kind === 'discard' && how.word !== work.word) {
          const message = `Type ${work.word} to throw the work away.`;
          throw new Refusal({ code: 'invalid', message, hint: null, field: 'word' });
        }
        if (how.kind === 'discard') discard();
        signOut();
      }),
    exportWork: (id) =>
      answer('exportWork', id, () => ({
        path: '/home/robin/Downloads/cleave-decisions-2026-11-20.json',
        entries: entries().filter(({ state }) => !SETTLED.includes(state)).length,
      })),
    exportEntry: (opId) =>
      answer('exportEntry', opId, () => ({
        path: '/home/robin/Downloads/cleave-decision-2026-11-20.json',
        entries: 1,
      })),
    quit: (how) => answer('quit', how, () => void commit({ closing: null })),
    openAgain: () =>
      answer('openAgain', null, () => {
        setFiles(FINE);
        commit({ reopen: true });
      }),
    salvage: (accountId) =>
      answer('salvage', accountId, () => {
        setFiles(FINE);
        commit({ reopen: true });
        return {
          entries: 11,
          drafts: 2,
          lostRows: 3,
          needsPerson: 1,
          keptAs: 'outbox.damaged-2026-11-20.db',
        };
      }),
  };
}
