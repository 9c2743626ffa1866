import { useCallback, useEffect, useRef, useState } from 'react';
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

/** Of what was pushed, what is no older than what was read. */
function noOlder(pushed: readonly OutboxEntry[], read: readonly OutboxEntry[]): OutboxEntry[] {
  const times = new Map(read.map(({ opId, changedAt }) => [opId, Date.parse(changedAt)]));
  return pushed.filter(({ opId, changedAt }) => Date.parse(changedAt) >= (times.get(opId) ?? 0));
}

/** Every decision made here, newest first, kept up to date by what is pushed. */
export function useOutbox() {
  const backend = useBackend();
  const [entries, setEntries] = useState<OutboxEntry[] | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  const latest = useRef(0);
  // An answer is as old as its asking: what is pushed meanwhile is laid over it.
  const meanwhile = useRef<OutboxEntry[]>([]);

  const reload = useCallback(() => {
    latest.current += 1;
    const mine = latest.current;
    meanwhile.current = [];
    backend.outbox().then(
      (all) => {
        if (mine !== latest.current) return;
        setEntries(withNews(all, noOlder(meanwhile.current, all)));
        setRefusal(null);
        meanwhile.current = [];
      },
      (thrown: unknown) => {
        if (mine === latest.current) setRefusal(toRefusal(thrown));
      },
    );
  }, [backend]);
  useEffect(reload, [reload]);
  useChanges((changes) => {
    if (changes === null) reload();
    else if (changes.outbox.length > 0) {
      meanwhile.current.push(...changes.outbox);
      setEntries((before) => before && withNews(before, changes.outbox));
    }
  });
  return { entries, refusal, reload };
}
