import { useCallback, useEffect, useState } from 'react';
import { useBackend } from '../../ipc/BackendContext';
import type { OutboxEntry } from '../../ipc/bindings';
import { type Refusal, toRefusal } from '../../ipc/refusal';
import { useChanges } from '../../shared/session/SessionContext';

/** Entries with newer ones in their place; what was not there comes first, as the newest. */
function withNews(entries: OutboxEntry[], news: OutboxEntry[]): OutboxEntry[] {
  const byId = new Map(news.map((entry) => [entry.opId, entry]));
  const known = entries.map((entry) => {
    const newer = byId.get(entry.opId);
    byId.delete(entry.opId);
    return newer ?? entry;
  });
  return [...[...byId.values()].reverse(), ...known];
}

/** Every decision made here, newest first, kept up to date by what is pushed. */
export function useOutbox() {
  const backend = useBackend();
  const [entries, setEntries] = useState<OutboxEntry[] | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  const reload = useCallback(() => {
    backend.outbox().then(
      (all) => {
        setEntries(all);
        setRefusal(null);
      },
      (thrown: unknown) => setRefusal(toRefusal(thrown)),
    );
  }, [backend]);
  useEffect(reload, [reload]);
  useChanges((changes) => {
    if (changes === null) reload();
    else if (changes.outbox.length > 0) setEntries((before) => before && withNews(before, changes.outbox));
  });
  return { entries, refusal, reload };
}
