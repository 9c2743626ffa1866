import { create } from 'zustand';
import { type Config, same } from './model';

/** A key that is edited. */
interface Edit {
  wanted: unknown;
  /** What the server had when the edit began. */
  seen: unknown;
}

/** Unsaved work on the settings of one account. */
export interface Draft {
  edits: Readonly<Record<string, Edit>>;
  /** The decision in the outbox that it starts from. */
  changing: string | null;
  /** A rule that is typed and not added yet. */
  newRule: string;
}

const NONE: Draft = { edits: {}, changing: null, newRule: '' };

/** By account: it outlives a look at another screen, and shows under no other account. */
const useDrafts = create<Record<string, Draft>>(() => ({}));

export const useDraft = (account: string): Draft => useDrafts((drafts) => drafts[account] ?? NONE);

function change(account: string, next: (draft: Draft) => Draft): void {
  useDrafts.setState((drafts) => ({ [account]: next(drafts[account] ?? NONE) }));
}

/** Sets a key. One that is as the server has it is no edit. */
export function edit(account: string, key: string, wanted: unknown, current: unknown): void {
  change(account, (draft) => {
    const { [key]: before, ...others } = draft.edits;
    if (same(wanted, current)) return { ...draft, edits: others };
    return { ...draft, edits: { ...others, [key]: { wanted, seen: before ? before.seen : current } } };
  });
}

/** Lets a key be as the server has it. */
export function reset(account: string, key: string): void {
  change(account, ({ edits: { [key]: _, ...edits }, ...draft }) => ({ ...draft, edits }));
}

/** Keeps an edit although somebody has changed its key: what they made of it is seen now. */
export function keep(account: string, key: string, current: unknown): void {
  change(account, (draft) => {
    const { [key]: mine } = draft.edits;
    return mine
      ? { ...draft, edits: { ...draft.edits, [key]: { wanted: mine.wanted, seen: current } } }
      : draft;
  });
}

export function setNewRule(account: string, newRule: string): void {
  change(account, (draft) => ({ ...draft, newRule }));
}

/** Goes on from a decision in the outbox; edits that are there already stay on top. */
export function startFrom(account: string, opId: string, decided: Config, current: Config): void {
  change(account, (draft) => {
    const entries = Object.entries(decided).map(([key, wanted]) => [key, { wanted, seen: current[key] }]);
    return { ...draft, changing: opId, edits: { ...Object.fromEntries(entries), ...draft.edits } };
  });
}

/** Throws the edits away. */
export function forget(account: string): void {
  useDrafts.setState(({ [account]: _, ...rest }) => rest, true);
}
