import { createContext, useContext, useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import type { CommandId } from './commands';
import { registry } from './registry';

const Layer = createContext(0);

/** Tells everything inside a sheet on which layer it is. */
export const LayerProvider = Layer.Provider;

/** The layer of this component. */
export const useLayer = (): number => useContext(Layer);

/** Answers to a command while mounted. With `off`, the reason is shown instead of doing it; `null` does not answer. */
export function useCommand(id: CommandId, run: (() => void) | null, off?: string): void {
  const layer = useLayer();
  const latest = useRef(run);
  useLayoutEffect(() => {
    latest.current = run;
  });
  const answers = run !== null;
  // Before it is painted: whoever sees the button may press its key at once.
  useLayoutEffect(() => {
    if (!answers) return;
    return registry.add(id, { run: () => latest.current?.(), off, layer });
  }, [id, off, layer, answers]);
}

/** Keeps commands below from answering while mounted and open. */
export function useOwnLayer(open: boolean): void {
  useLayoutEffect(() => (open ? registry.openLayer() : undefined), [open]);
}

/** Renders again when the set of commands changes. */
export function useRegistryVersion(): number {
  return useSyncExternalStore(registry.subscribe, registry.version);
}

/** Listens to the keys; once, at the root. */
export function useKeys(): void {
  useEffect(() => {
    window.addEventListener('keydown', registry.beforeControls, { capture: true });
    window.addEventListener('keydown', registry.onKeyDown);
    return () => {
      window.removeEventListener('keydown', registry.beforeControls, { capture: true });
      window.removeEventListener('keydown', registry.onKeyDown);
    };
  }, []);
}
