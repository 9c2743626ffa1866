import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { QueueState, QueueStore } from './store';

const Context = createContext<QueueStore | null>(null);

export const QueueProvider = Context.Provider;

/** The store itself, for what acts on it. */
export function useQueueStore(): QueueStore {
  const store = useContext(Context);
  if (!store) throw new Error('no queue above this component');
  return store;
}

/** A part of the queue. */
export function useQueue<T>(select: (state: QueueState) => T): T {
  return useStore(useQueueStore().store, select);
}
