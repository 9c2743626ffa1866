import { useEffect, useState } from 'react';
import { useBackend } from '../../ipc/BackendContext';
import type { OutboxEntry, Rehearsed } from '../../ipc/bindings';
import { toRefusal } from '../../ipc/refusal';
import { useSequence } from '../../shared/useSequence';

/** How many are asked about at once. */
const STEP = 20;

/** Verdicts in the order in which they are shown: what asks for a look comes first. */
export const VERDICTS = [
  'changed',
  'gone',
  'moot',
  'unknown',
  'waits',
  'notWaiting',
  'valid',
] as const satisfies readonly Rehearsed[];

export interface Finding {
  entry: OutboxEntry;
  verdict: Rehearsed;
  words: string;
}

/** Compares decisions with the server, some at a time, from the moment it is shown. Nothing is sent. */
export function useRehearsal(asked: readonly OutboxEntry[]) {
  const backend = useBackend();
  // What waits may change while it is looked at: what is compared is what waited then.
  const [entries] = useState(asked);
  const [findings, setFindings] = useState<Finding[]>([]);
  const { sequence, start, stop } = useSequence<readonly OutboxEntry[]>();

  useEffect(() => {
    let asking = true;
    const look = async (chunk: readonly OutboxEntry[]) => {
      let other = { verdict: 'unknown' as Rehearsed, words: '' };
      let found = new Map<string, typeof other>();
      try {
        const answer = await backend.rehearse(chunk.map(({ opId }) => opId));
        found = new Map(answer.map(({ opId, ...verdict }) => [opId, verdict]));
      } catch (thrown) {
        other = { ...other, words: toRefusal(thrown).message };
      }
      const more = chunk.map((entry) => ({ entry, ...(found.get(entry.opId) ?? other) }));
      if (asking) setFindings((before) => [...before, ...more]);
    };
    const chunks = Array.from({ length: Math.ceil(entries.length / STEP) }, (_, n) =>
      entries.slice(n * STEP, (n + 1) * STEP),
    );
    setFindings([]);
    void start(chunks, look);
    return () => {
      asking = false;
    };
  }, [backend, entries, start]);
  return {
    findings,
    total: entries.length,
    running: sequence ? sequence.running && !sequence.stopping : true,
    stop,
  };
}
