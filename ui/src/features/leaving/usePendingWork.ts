import { useCallback, useRef, useState } from 'react';
import { useBackend } from '../../ipc/BackendContext';
import type { PendingWork } from '../../ipc/bindings';
import { useChanges } from '../../shared/session/SessionContext';

/** What is pending while somebody is asked about it: read again with every change, for windows end and answers come. */
export function usePendingWork(accountId: string, asked: PendingWork) {
  const backend = useBackend();
  const [work, setWork] = useState(asked);
  /** Tells an answer that is waited for from one that comes too late. */
  const latest = useRef(0);
  const reload = useCallback(async () => {
    latest.current += 1;
    const mine = latest.current;
    try {
      const read = await backend.pendingWork(accountId);
      if (mine === latest.current) setWork(read);
    } catch {
      // What was read last stays; the application judges anew whatever is asked of it.
    }
  }, [backend, accountId]);
  useChanges((changes) => {
    if (changes === null || changes.outbox.length > 0) void reload();
  });
  return { work, reload };
}
