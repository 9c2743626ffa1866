import { useCallback, useState } from 'react';
import type { ChildCard, ChildPlace, CutView, SeparationSide } from '../../ipc/bindings';
import { useEditor, usePlan } from './EditorContext';
import { keyOf } from './merge';
import { other } from './names';
import { useMessages } from './useMessages';

/** A conversation as the timeline shows it: its messages, whose each is, and what can be done with the divider. */
export function useTimeline(card: ChildCard) {
  const editor = useEditor();
  const { places, state } = usePlan();
  const messages = useMessages(card.id);
  const cut: CutView | null = state.cuts.find((each) => each.conversationId === card.id) ?? null;
  const place: ChildPlace = places.get(keyOf(card)) ?? 'undecided';
  /** Where a drag holds the divider now. */
  const [heldAt, setHeldAt] = useState<number | null>(null);
  const cutIndex = cut ? (heldAt ?? cut.index) : null;
  const before: SeparationSide = cut?.before ?? 'original';

  const sideOf = (index: number): SeparationSide | null => {
    if (cutIndex !== null) return index < cutIndex ? before : other(before);
    return place === 'original' || place === 'new' ? place : null;
  };
  const { messageAt } = messages;
  const divide = useCallback(
    async (index: number, side: SeparationSide): Promise<void> => {
      const message = await messageAt(index);
      if (!message || index < 1) return;
      editor.edit({ edit: 'divide', conversationId: card.id, messageId: message.id, before: side });
    },
    [messageAt, editor, card.id],
  );
  return {
    card,
    ...messages,
    total: messages.total ?? 0,
    known: messages.total !== null,
    cut,
    cutIndex,
    place,
    before,
    sideOf,
    heldAt,
    setHeldAt,
    /** Puts the divider before a message. */
    divideAt: (index: number, side: SeparationSide = before) => void divide(index, side),
    moveBy: (by: number) => cut && editor.edit({ edit: 'moveDivider', conversationId: card.id, by }),
    swap: () => cut && void divide(cut.index, other(cut.before)),
    remove: () => cut && editor.edit({ edit: 'undivide', conversationId: card.id }),
  };
}

export type TimelineOf = ReturnType<typeof useTimeline>;
