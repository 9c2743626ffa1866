import { createContext, useContext } from 'react';
import type { Backend } from './backend';

const Context = createContext<Backend | null>(null);

/** Gives the application to everything below. */
export const BackendProvider = Context.Provider;

/** The application. */
export function useBackend(): Backend {
  const backend = useContext(Context);
  if (!backend) throw new Error('no backend above this component');
  return backend;
}
