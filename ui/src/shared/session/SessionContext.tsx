import { createContext, useContext, useEffect, useLayoutEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { Changes } from '../../ipc/bindings';
import type { Session } from './reduce';
import type { SessionState, SessionStore } from './store';

const Context = createContext<SessionStore | null>(null);

export const SessionProvider = Context.Provider;

/** The store itself, for what acts on it. */
export function useSessionStore(): SessionStore {
  const store = useContext(Context);
  if (!store) throw new Error('no session above this component');
  return store;
}

/** Whether the session is open, and why not. */
export function useSessionState(): SessionState {
  return useStore(useSessionStore().store);
}

/** A part of the open session. Only below the frame, which shows nothing before it is open. */
export function useSession<T>(select: (session: Session) => T): T {
  return useStore(useSessionStore().store, ({ session }) => {
    if (!session) throw new Error('the session is not open yet');
    return select(session);
  });
}

/** Hears every applied change; `null` says that everything may be different. */
export function useChanges(listener: (changes: Changes | null) => void): void {
  const session = useSessionStore();
  const latest = useRef(listener);
  useLayoutEffect(() => {
    latest.current = listener;
  });
  useEffect(() => session.subscribe((changes) => latest.current(changes)), [session]);
}
