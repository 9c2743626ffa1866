import { useCallback, useEffect, useRef, useState } from 'react';
import { useBackend } from '../../ipc/BackendContext';
import type { ConflictView } from '../../ipc/bindings';
import { type Refusal, toRefusal } from '../../ipc/refusal';
import { useChanges } from '../../shared/session/SessionContext';

interface Loaded {
  view: ConflictView | null;
  refusal: Refusal | null;
  /** Whether "now" is being read. */
  reading: boolean;
}

/**
 * What a decision is compared with; read again when the decision or its review has changed. Not when its contact has:
 * reading a contact for the comparison announces it, and would begin the next reading.
 */
export function useConflict(opId: string, subject: string | undefined): Loaded & { reload: () => void } {
  const backend = useBackend();
  const [loaded, setLoaded] = useState<Loaded>({ view: null, refusal: null, reading: true });
  const latest = useRef(0);
  const reload = useCallback(() => {
    latest.current += 1;
    const mine = latest.current;
    setLoaded((before) => ({ ...before, reading: true }));
    backend.conflict(opId).then(
      (view) => {
        if (mine === latest.current) setLoaded({ view, refusal: null, reading: false });
      },
      (thrown: unknown) => {
        if (mine === latest.current)
          setLoaded((before) => ({ ...before, refusal: toRefusal(thrown), reading: false }));
      },
    );
  }, [backend, opId]);
  useEffect(() => {
    reload();
    return () => {
      latest.current += 1;
    };
  }, [reload]);
  useChanges((changes) => {
    const touched =
      changes === null ||
      changes.outbox.some((entry) => entry.opId === opId) ||
      changes.upserts.some(({ reviewId }) => reviewId === subject) ||
      (subject !== undefined && changes.removals.includes(subject));
    if (touched) reload();
  });
  return { ...loaded, reload };
}
