import { createStore } from 'zustand/vanilla';
import type { Backend } from '../../ipc/backend';
import type { Changes, PendingWork } from '../../ipc/bindings';
import { type Refusal, toRefusal } from '../../ipc/refusal';
import { apply, judge, type Session } from './reduce';

export interface SessionState {
  /** `null` until the first answer. */
  session: Session | null;
  /** Set when opening failed and there is nothing to show. */
  failure: Refusal | null;
  /** What is not settled, while the window was asked to close and nobody has said what is to become of it. */
  closing: PendingWork | null;
}

/** Called with every change that was applied, after it was; with `null` after a reopening. */
type Listener = (changes: Changes | null) => void;

/** The one store of the window: opened once, then moved on by what the application pushes. */
export function createSession(backend: Backend) {
  const store = createStore<SessionState>(() => ({ session: null, failure: null, closing: null }));
  const listeners = new Set<Listener>();
  let generation = 0;
  let opening = false;
  let early: Changes[] = [];

  const tell = (changes: Changes | null) => {
    for (const listener of listeners) listener(changes);
  };

  const receive = (changes: Changes): void => {
    // A question, and no part of what is shown: it counts whatever becomes of the rest.
    if (changes.closing) store.setState({ closing: changes.closing });
    if (opening) {
      early.push(changes);
      return;
    }
    const { session } = store.getState();
    if (!session) return;
    const verdict = judge(session.revision, changes);
    if (verdict === 'reopen') void open();
    if (verdict !== 'apply') return;
    store.setState({ session: apply(session, changes) });
    tell(changes);
  };

  async function open(): Promise<void> {
    generation += 1;
    const mine = generation;
    opening = true;
    early = [];
    try {
      const opened = await backend.open((changes) => {
        // A channel of an earlier opening may still speak.
        if (mine === generation) receive(changes);
      });
      if (mine !== generation) return;
      opening = false;
      store.setState({ session: opened, failure: null });
      tell(null);
      // What came while the snapshot was on its way continues it.
      const waiting = early;
      early = [];
      for (const changes of waiting) receive(changes);
    } catch (thrown) {
      if (mine !== generation) return;
      opening = false;
      store.setState({ failure: toRefusal(thrown) });
    }
  }

  return {
    store,
    open,
    /** Applies changes that came as an answer; the pushed copy is then not newer and is ignored. */
    receive,
    /** The question was answered, or is to be asked again by the next close. */
    stay: () => store.setState({ closing: null }),
    subscribe(listener: Listener): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export type SessionStore = ReturnType<typeof createSession>;
