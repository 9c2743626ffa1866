import { useEffect, useState } from 'react';
import { useBackend } from '../../ipc/BackendContext';
import { useChanges, useSessionStore } from '../../shared/session/SessionContext';
import { createBoard } from './board';
import { createEditor } from './editor';

/** Opens the separation of a contact, and reads it again whenever its records were read anew. */
export function useOpenEditor(contactId: string) {
  const backend = useBackend();
  const session = useSessionStore();
  const [both] = useState(() => {
    const readOnly = () => session.store.getState().session?.files.readOnly ?? null;
    return { editor: createEditor(backend, contactId, readOnly), board: createBoard() };
  });
  const { editor } = both;
  useEffect(() => {
    editor.open();
    return editor.close;
  }, [editor]);
  useChanges((changes) => {
    if (changes === null || changes.contacts.includes(contactId)) editor.open();
  });
  return both;
}
