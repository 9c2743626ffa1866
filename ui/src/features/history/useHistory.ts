import { useCallback, useEffect, useRef, useState } from 'react';
import { useBackend } from '../../ipc/BackendContext';
import type { HistoryPage, HistoryRequest, OutboxEntry } from '../../ipc/bindings';
import { type Refusal, toRefusal } from '../../ipc/refusal';
import { isSettled } from '../../shared/entryWords';
import { useChanges } from '../../shared/session/SessionContext';

export type Filter = Pick<HistoryRequest, 'text' | 'kind' | 'different'>;

/** Entries asked for at a time. */
export const PAGE = 50;

interface Loaded {
  /** The filter they were read for. */
  filter: Filter;
  entries: OutboxEntry[];
  next: string | null;
}

/** Newer entries in place of those of the same decision. */
function renewed(entries: OutboxEntry[], news: OutboxEntry[]): OutboxEntry[] {
  const byId = new Map(news.map((entry) => [entry.opId, entry]));
  return entries.map((entry) => byId.get(entry.opId) ?? entry);
}

/** The first page read anew, before what is there; what is there is left out if the two do not meet. */
function freshened(before: Loaded | null, filter: Filter, { entries, next }: HistoryPage): Loaded {
  const fresh = new Set(entries.map(({ opId }) => opId));
  const meets = before?.filter === filter && before.entries.some(({ opId }) => fresh.has(opId));
  return meets
    ? { filter, entries: joined(entries, before.entries), next: before.next }
    : { filter, entries, next };
}

/** A page after what is there; an entry that moved up between two pages is not shown twice. */
function joined(entries: OutboxEntry[], more: OutboxEntry[]): OutboxEntry[] {
  const known = new Set(entries.map(({ opId }) => opId));
  return [...entries, ...more.filter(({ opId }) => !known.has(opId))];
}

/**
 * What was settled, newest first, a page at a time. While another filter is read, the last list stays. What is pushed
 * renews the entries that are there; one that is new is read with the first page. The filter is compared by identity.
 */
export function useHistory(filter: Filter) {
  const backend = useBackend();
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [reading, setReading] = useState(true);
  /** Tells an answer that is waited for from one that comes too late. */
  const asked = useRef(0);

  const read = useCallback(
    async (after: string | null, put: (page: HistoryPage) => void) => {
      asked.current += 1;
      const mine = asked.current;
      setReading(true);
      try {
        const page = await backend.history({ ...filter, after, limit: PAGE });
        if (mine !== asked.current) return;
        put(page);
        setRefusal(null);
      } catch (thrown) {
        if (mine === asked.current) setRefusal(toRefusal(thrown));
      } finally {
        if (mine === asked.current) setReading(false);
      }
    },
    [backend, filter],
  );
  const reload = useCallback(
    () => void read(null, (page) => setLoaded((before) => freshened(before, filter, page))),
    [read, filter],
  );
  const more = useCallback(() => {
    if (reading || !loaded?.next || loaded.filter !== filter) return;
    void read(loaded.next, ({ entries, next }) =>
      setLoaded((before) => before && { ...before, entries: joined(before.entries, entries), next }),
    );
  }, [read, reading, loaded, filter]);

  useEffect(() => {
    reload();
    return () => {
      asked.current += 1;
    };
  }, [reload]);
  useChanges((changes) => {
    const news = changes?.outbox ?? [];
    const known = new Set(loaded?.entries.map(({ opId }) => opId));
    if (changes === null || news.some((entry) => isSettled(entry) && !known.has(entry.opId))) reload();
    else if (news.length > 0) {
      setLoaded((before) => before && { ...before, entries: renewed(before.entries, news) });
    }
  });
  return { loaded, refusal, reading, reload, more };
}
