import { useCallback, useState } from 'react';
import { useBackend } from '../../ipc/BackendContext';
import { type Action, useAction } from '../../shared/useAction';
import { useSaved } from '../../shared/useSaved';
import { uuidv7 } from '../../shared/uuid';
import { useEditor } from './EditorContext';

/**
 * Saves the separation. The operation id is made once for each open sheet, so that a second press, or a press after a
 * lost answer, cannot decide twice.
 */
export function useSeparate(revision: number, said: string, onSeparated: () => void): Action<[]> {
  const backend = useBackend();
  const tell = useSaved();
  const { contactId } = useEditor();
  const [opId] = useState(() => uuidv7());

  const call = useCallback(async () => {
    const saved = await backend.separate({ opId, contactId, revision, dryRun: false });
    onSeparated();
    tell(saved, said);
  }, [backend, tell, opId, contactId, revision, said, onSeparated]);
  return useAction(call);
}
