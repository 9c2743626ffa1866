import { useCallback, useEffect, useRef, useState } from 'react';
import { useBackend } from '../../ipc/BackendContext';
import type { SettingsView } from '../../ipc/bindings';
import { type Refusal, toRefusal } from '../../ipc/refusal';
import { useChanges, useSession } from '../../shared/session/SessionContext';

/**
 * The settings as they are, read again when the window comes to the front, when the server answers again, and when a
 * change of them gets on: what somebody else changed meanwhile is seen before anything is saved.
 */
export function useSettings() {
  const backend = useBackend();
  const connection = useSession((session) => session.status.connection);
  const [view, setView] = useState<SettingsView | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [reading, setReading] = useState(true);
  /** Tells an answer that is waited for from one that comes too late. */
  const asked = useRef(0);

  const reload = useCallback(async () => {
    asked.current += 1;
    const mine = asked.current;
    setReading(true);
    try {
      const read = await backend.settings();
      if (mine !== asked.current) return;
      setView(read);
      setRefusal(null);
    } catch (thrown) {
      if (mine === asked.current) setRefusal(toRefusal(thrown));
    } finally {
      if (mine === asked.current) setReading(false);
    }
  }, [backend]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew with every change of the connection.
  useEffect(() => {
    void reload();
    return () => {
      asked.current += 1;
    };
  }, [reload, connection]);
  useEffect(() => {
    const again = () => void reload();
    window.addEventListener('focus', again);
    return () => window.removeEventListener('focus', again);
  }, [reload]);
  useChanges((changes) => {
    if (changes === null || changes.outbox.some(({ kind }) => kind === 'settings')) void reload();
  });
  return { view, refusal, reading, reload };
}
