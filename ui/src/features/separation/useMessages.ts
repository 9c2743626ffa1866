import { useCallback, useEffect, useRef, useState } from 'react';
import { useBackend } from '../../ipc/BackendContext';
import type { MessageView } from '../../ipc/bindings';
import { type Refusal, toRefusal } from '../../ipc/refusal';
import { useEditor, useView } from './EditorContext';

/** Messages asked for at once. */
const PAGE = 200;

interface Loaded {
  /** By position; holes are on their way. */
  messages: ReadonlyMap<number, MessageView>;
  total: number | null;
  refusal: Refusal | null;
}

const NOTHING: Loaded = { messages: new Map(), total: null, refusal: null };

/** The messages of a conversation, page by page as they come into sight. */
export function useMessages(conversationId: string) {
  const backend = useBackend();
  const { contactId } = useEditor();
  const view = useView();
  const [loaded, setLoaded] = useState<Loaded>(NOTHING);
  const pages = useRef(new Map<number, Promise<MessageView[]>>());

  const load = useCallback(
    (page: number): Promise<MessageView[]> => {
      const known = pages.current.get(page);
      if (known) return known;
      const mine = pages.current;
      const coming = backend.separationMessages(contactId, conversationId, page * PAGE, PAGE).then(
        ({ total, from, messages }) => {
          if (mine === pages.current) {
            setLoaded((before) => {
              const next = new Map(before.messages);
              for (const [i, message] of messages.entries()) next.set(from + i, message);
              return { messages: next, total, refusal: null };
            });
          }
          return messages;
        },
        (thrown: unknown) => {
          mine.delete(page);
          setLoaded((before) => ({ ...before, refusal: toRefusal(thrown) }));
          return [];
        },
      );
      mine.set(page, coming);
      return coming;
    },
    [backend, contactId, conversationId],
  );
  // Read anew, there may be more of them; what is on the screen stays until its page comes.
  const read = useRef(view);
  if (read.current !== view) {
    read.current = view;
    pages.current = new Map();
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the contact was read anew.
  useEffect(() => void load(0), [load, view]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another one for another reading, so that it is asked again.
  const look = useCallback(
    (from: number, to: number): void => {
      for (let page = Math.floor(from / PAGE); page * PAGE < to; page++) void load(page);
    },
    [load, view],
  );
  /** The message at a position, read for it if need be. */
  const messageAt = useCallback(
    async (index: number): Promise<MessageView | undefined> =>
      (await load(Math.floor(index / PAGE)))[index % PAGE],
    [load],
  );
  return { ...loaded, look, messageAt };
}
