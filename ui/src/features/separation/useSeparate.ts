import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBackend } from '../../ipc/BackendContext';
import { useSessionStore } from '../../shared/session/SessionContext';
import { secondsUntil } from '../../shared/time';
import { toast } from '../../shared/toasts';
import { type Action, useAction } from '../../shared/useAction';
import { useWithdraw } from '../../shared/useUndo';
import { uuidv7 } from '../../shared/uuid';
import { useEditor } from './EditorContext';

/**
 * Saves the separation. The operation id is made once for each open sheet, so that a second press, or a press after a
 * lost answer, cannot decide twice.
 */
export function useSeparate(revision: number, said: string, onSeparated: () => void): Action<[]> {
  const backend = useBackend();
  const session = useSessionStore();
  const withdraw = useWithdraw();
  const { contactId } = useEditor();
  const { t } = useTranslation();
  const [opId] = useState(() => uuidv7());

  const call = useCallback(async () => {
    const { entry, changes } = await backend.separate({ opId, contactId, revision, dryRun: false });
    onSeparated();
    if (changes) session.receive(changes);
    if (!entry) return;
    const seconds = entry.cancelUntil ? secondsUntil(entry.cancelUntil, Date.now()) : 0;
    const action = {
      label: t('undo.label'),
      run: () => void withdraw(entry),
      testId: 'toast-undo',
      undoes: true,
    };
    const message = { tone: 'calm' as const, text: said, about: opId };
    toast(entry.canWithdraw ? { ...message, action } : message, seconds * 1000 || 6000);
  }, [backend, session, withdraw, t, opId, contactId, revision, said, onSeparated]);
  return useAction(call);
}
