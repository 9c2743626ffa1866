import { createStore } from 'zustand/vanilla';
import type { Backend } from '../../ipc/backend';
import type {
  DriftView,
  SeparationEdit,
  SeparationSide,
  SeparationState,
  SeparationView,
  SuggestionsView,
} from '../../ipc/bindings';
import { Refusal, toRefusal } from '../../ipc/refusal';
import { type Job, withJob } from './jobs';
import { merge, type Plan, planOf } from './merge';
import { createTyping } from './typing';

export interface EditorState {
  view: SeparationView | null;
  plan: Plan | null;
  /** What is typed and not yet answered, by line and side; it shows in place of an older state's text. */
  typed: Readonly<Record<string, string>>;
  suggestions: SuggestionsView | null;
  /** What changed underneath, until it is dismissed: a second reading says only what changed since the first. */
  drift: readonly DriftView[];
  /** Why it cannot be shown, or why reading it again failed. */
  refusal: Refusal | null;
  /** Why the last change was not made. */
  trouble: Refusal | null;
  /** Whether something is under way. */
  busy: boolean;
}

/** How long names rest before it is proposed anew, in milliseconds. */
const QUIET = 300;

/** What the proposals depend on. */
const people = ({ lines }: SeparationState): string =>
  lines.map((line) => `${line.original.text}\n${line.new.text}`).join('\n');

/**
 * The editor's link to the application, which holds the plan. Everything that changes it goes through one line: a call
 * at a time, in the order in which it was done, so that no answer can be older than what is shown. Where nothing can
 * be saved (`readOnly` says why), it only shows.
 */
export function createEditor(
  backend: Backend,
  contactId: string,
  readOnly: () => string | null = () => null,
) {
  const store = createStore<EditorState>(() => ({
    view: null,
    plan: null,
    typed: {},
    suggestions: null,
    drift: [],
    refusal: null,
    trouble: null,
    busy: false,
  }));
  const { getState: get, setState: set } = store;
  let waiting: Job[] = [];
  const resting: (() => void)[] = [];
  let proposedFor: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function propose(): Promise<void> {
    const { plan } = get();
    const now = plan && people(plan.state);
    if (now === null || now === proposedFor) return;
    proposedFor = now;
    try {
      set({ suggestions: await backend.separationSuggestions(contactId) });
    } catch {
      // Without proposals everything else works; the next change of a name asks again.
      proposedFor = null;
    }
  }

  async function carryOut(job: Job): Promise<void> {
    if (job.kind === 'open') {
      const view = await backend.separation(contactId);
      proposedFor = null;
      const known = new Set(get().drift.map((each) => each.message));
      const drift = [...get().drift, ...view.drift.filter((each) => !known.has(each.message))];
      set({ view, drift, plan: planOf(view), refusal: null });
      return;
    }
    const state =
      job.kind === 'edit'
        ? await backend.separationEdit(contactId, job.edits)
        : job.kind === 'undo'
          ? await backend.separationUndo(contactId)
          : await backend.separationRedo(contactId);
    const { plan } = get();
    if (plan) set({ plan: merge(plan, state), trouble: null });
  }

  async function work(): Promise<void> {
    if (get().busy) return;
    set({ busy: true });
    for (let job = waiting.shift(); job; job = waiting.shift()) {
      try {
        await carryOut(job);
        if (job.kind === 'edit') typing.answered(job.edits);
      } catch (thrown) {
        set(job.kind === 'open' ? { refusal: toRefusal(thrown) } : { trouble: toRefusal(thrown) });
        if (job.kind === 'edit') typing.refused(job.edits);
      }
    }
    set({ busy: false });
    for (const rested of resting.splice(0)) rested();
    clearTimeout(timer);
    timer = setTimeout(() => void propose(), get().suggestions ? QUIET : 0);
  }

  const ask = (job: Job): void => {
    const against = job.kind === 'open' ? null : readOnly();
    if (against !== null) {
      if (job.kind === 'edit') typing.refused(job.edits);
      set({ trouble: new Refusal({ code: 'storage', message: against, hint: null, field: null }) });
      return;
    }
    waiting = withJob(waiting, job);
    void work();
  };
  const typing = createTyping({
    send: (edit) => ask({ kind: 'edit', edits: [edit] }),
    show: (typed) => set({ typed }),
    isWaiting: (path, side) =>
      waiting.some(
        (job) =>
          job.kind === 'edit' &&
          job.edits.some((each) => each.edit === 'set' && each.path === path && each.side === side),
      ),
  });
  /** A change of the plan comes after what was typed before it. */
  const after = (job: Job): void => {
    typing.flush();
    ask(job);
  };
  return {
    store,
    contactId,
    /** Reads it, or reads it again. */
    open: () => ask({ kind: 'open' }),
    edit: (...edits: SeparationEdit[]) => after({ kind: 'edit', edits }),
    type: (path: string, side: SeparationSide, text: string) => typing.type(path, side, text),
    flush: () => typing.flush(),
    undo: () => after({ kind: 'undo' }),
    redo: () => after({ kind: 'redo' }),
    /** Resolves when everything that was done has been answered. */
    settled: (): Promise<void> => {
      typing.flush();
      return get().busy ? new Promise((resolve) => resting.push(resolve)) : Promise.resolve();
    },
    forgive: () => set({ trouble: null }),
    dismissDrift: () => set({ drift: [] }),
    /** What was typed last still goes out. */
    close(): void {
      typing.flush();
      clearTimeout(timer);
    },
  };
}

export type Editor = ReturnType<typeof createEditor>;
