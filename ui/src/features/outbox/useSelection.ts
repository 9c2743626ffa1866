import { useCallback, useMemo, useState } from 'react';
import type { OutboxEntry } from '../../ipc/bindings';

export interface Selection {
  ids: ReadonlySet<string>;
  /** Those of them that are there. */
  entries: OutboxEntry[];
  toggle: (opId: string) => void;
  clear: () => void;
}

/** Decisions that something is to be done with at once. */
export function useSelection(entries: readonly OutboxEntry[] | null): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(() => new Set());
  const toggle = useCallback((opId: string) => {
    setIds((before) => {
      const next = new Set(before);
      if (!next.delete(opId)) next.add(opId);
      return next;
    });
  }, []);
  const clear = useCallback(() => setIds(new Set()), []);
  const selected = useMemo(
    () => (ids.size === 0 ? [] : (entries ?? []).filter(({ opId }) => ids.has(opId))),
    [entries, ids],
  );
  return { ids, entries: selected, toggle, clear };
}
