import { useCallback, useEffect, useState } from 'react';
import { useBackend } from '../../ipc/BackendContext';
import type { ContactsFound } from '../../ipc/bindings';
import { type Refusal, toRefusal } from '../../ipc/refusal';
import { useResting } from '../../shared/useResting';

/** How long typing rests before the server is asked, in milliseconds. */
const REST = 250;

/** Most that are listed. */
const LIMIT = 50;

interface Answer {
  /** What was looked for. */
  text: string;
  found: ContactsFound;
}

/** What is found for a text; while another search is under way, the last answer stays. */
export function useContacts(typed: string) {
  const backend = useBackend();
  const text = useResting(typed.trim(), REST);
  const [round, setRound] = useState(0);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [searching, setSearching] = useState(true);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks the same again.
  useEffect(() => {
    let stale = false;
    setSearching(true);
    backend
      .contacts({ text, limit: LIMIT })
      .then(
        (found) => {
          if (stale) return;
          setAnswer({ text, found });
          setRefusal(null);
        },
        (thrown: unknown) => {
          if (stale) return;
          setAnswer(null);
          setRefusal(toRefusal(thrown));
        },
      )
      .finally(() => {
        if (!stale) setSearching(false);
      });
    return () => {
      stale = true;
    };
  }, [backend, text, round]);
  const again = useCallback(() => setRound((before) => before + 1), []);
  return { answer, refusal, searching: searching || text !== typed.trim(), again };
}
