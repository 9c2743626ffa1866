import { useEffect, useRef, useState } from 'react';
import { useBackend } from '../../ipc/BackendContext';
import { useEditor } from './EditorContext';

/** How long typing rests before it is searched for, in milliseconds. */
const REST = 150;

/** Looks for a text in a conversation, and goes from find to find. */
export function useFind(conversationId: string, onFound: (index: number) => void) {
  const backend = useBackend();
  const { contactId } = useEditor();
  const [text, setText] = useState('');
  const [found, setFound] = useState<{ text: string; positions: number[]; at: number } | null>(null);
  const jump = useRef(onFound);
  useEffect(() => {
    jump.current = onFound;
  });
  useEffect(() => {
    if (text.trim() === '') {
      setFound(null);
      return;
    }
    let current = true;
    const show = (positions: number[]) => {
      if (!current) return;
      setFound({ text, positions, at: 0 });
      if (positions[0] !== undefined) jump.current(positions[0]);
    };
    const timer = setTimeout(() => {
      backend.separationFind(contactId, conversationId, text.trim()).then(show, () => show([]));
    }, REST);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [backend, contactId, conversationId, text]);

  const step = (by: 1 | -1): void => {
    if (!found || found.positions.length === 0) return;
    const at = (found.at + by + found.positions.length) % found.positions.length;
    setFound({ ...found, at });
    jump.current(found.positions[at] ?? 0);
  };
  return { text, setText, found, step };
}

export type Find = ReturnType<typeof useFind>;
