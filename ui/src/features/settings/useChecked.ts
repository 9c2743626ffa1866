import { useEffect, useRef, useState } from 'react';
import { useBackend } from '../../ipc/BackendContext';
import type { SettingsChange, SettingsIssue } from '../../ipc/bindings';
import { type Refusal, toRefusal } from '../../ipc/refusal';
import { useResting } from '../../shared/useResting';
import { uuidv7 } from '../../shared/uuid';

/** How long typing rests before it is judged, in milliseconds. */
const REST = 150;

export interface Checked {
  issues: SettingsIssue[];
  changes: SettingsChange[];
  /** Whether what is typed is not judged yet. */
  pending: boolean;
  refusal: Refusal | null;
}

interface Answer extends Omit<Checked, 'pending'> {
  /** What it is about. */
  of: string;
}

const NOTHING: Answer = { of: '', issues: [], changes: [], refusal: null };

/**
 * What the application says of a wanted configuration, without saving it. Empty asks for nothing. While a newer one is
 * judged, the last answer stays; `onStale` hears that the settings are no longer those that were looked at.
 */
export function useChecked(wanted: string, basedOn: string, onStale: () => void): Checked {
  const backend = useBackend();
  const rested = useResting(wanted, REST);
  const [answer, setAnswer] = useState<Answer>(NOTHING);
  const latest = useRef(0);
  const stale = useRef(onStale);
  useEffect(() => {
    stale.current = onStale;
  });

  useEffect(() => {
    latest.current += 1;
    const mine = latest.current;
    if (rested === '') {
      setAnswer(NOTHING);
      return;
    }
    backend.changeSettings({ opId: uuidv7(), basedOn, wanted: rested, dryRun: true }).then(
      ({ issues, changes }) => {
        if (mine === latest.current) setAnswer({ of: rested + basedOn, issues, changes, refusal: null });
      },
      (thrown: unknown) => {
        if (mine !== latest.current) return;
        const refusal = toRefusal(thrown);
        if (refusal.code === 'stale') stale.current();
        setAnswer({ of: rested + basedOn, issues: [], changes: [], refusal });
      },
    );
  }, [backend, rested, basedOn]);
  return { ...answer, pending: wanted !== '' && answer.of !== wanted + basedOn };
}
