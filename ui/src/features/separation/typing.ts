import type { SeparationEdit, SeparationSide } from '../../ipc/bindings';

/** How long typing rests before it is sent, in milliseconds. */
export const REST = 200;

type Typed = Readonly<Record<string, string>>;

interface Wires {
  send: (edit: SeparationEdit & { edit: 'set' }) => void;
  show: (typed: Typed) => void;
  /** Whether a text of this place is still to be sent. */
  isWaiting: (path: string, side: SeparationSide) => boolean;
}

/** The place of a text, in one word. */
export const placeOf = (path: string, side: SeparationSide): string => `${side}:${path}`;

/** Texts from the first key on until the application has them: nothing that is typed is lost to an older answer. */
export function createTyping({ send, show, isWaiting }: Wires) {
  let typed: Typed = {};
  const unsent = new Map<
    string,
    { edit: SeparationEdit & { edit: 'set' }; timer: ReturnType<typeof setTimeout> | undefined }
  >();

  const dispatch = (place: string): void => {
    const item = unsent.get(place);
    if (!item) return;
    clearTimeout(item.timer);
    unsent.delete(place);
    send(item.edit);
  };
  /** Whether nothing newer was typed in its place. */
  const isDone = ({ path, side }: SeparationEdit & { edit: 'set' }): boolean =>
    !unsent.has(placeOf(path, side)) && !isWaiting(path, side);

  return {
    type(path: string, side: SeparationSide, text: string): void {
      const place = placeOf(path, side);
      clearTimeout(unsent.get(place)?.timer);
      const timer = setTimeout(() => dispatch(place), REST);
      unsent.set(place, { edit: { edit: 'set', path, side, text }, timer });
      typed = { ...typed, [place]: text };
      show(typed);
    },
    /** Sends at once what still rests. */
    flush(): void {
      for (const place of [...unsent.keys()]) dispatch(place);
    },
    /** The application has these now: its own text shows again, unless more was typed. */
    answered(edits: SeparationEdit[]): void {
      const next = { ...typed };
      for (const edit of edits)
        if (edit.edit === 'set' && isDone(edit)) delete next[placeOf(edit.path, edit.side)];
      typed = next;
      show(typed);
    },
    /** These were not saved: the text stays on the screen, and goes out again with the next change. */
    refused(edits: SeparationEdit[]): void {
      for (const edit of edits) {
        if (edit.edit === 'set' && isDone(edit))
          unsent.set(placeOf(edit.path, edit.side), { edit, timer: undefined });
      }
    },
  };
}
