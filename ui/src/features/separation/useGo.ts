import type { ChildRef } from '../../ipc/bindings';
import { useBoard, usePlan } from './EditorContext';
import { EVERYTHING } from './filter';
import { keyOf } from './merge';

/** Id of a line's row, for the focus. */
export const lineId = (path: string): string => `separation-line-${path}`;

/** Brings the focus to a record or a line that something is about. */
export function useGo(): (to: { child: ChildRef | null; path: string | null }) => void {
  const board = useBoard();
  const { places } = usePlan();
  return ({ child, path }) => {
    if (path) document.getElementById(lineId(path))?.focus();
    if (!child) return;
    const place = places.get(keyOf(child)) ?? 'undecided';
    // It may be among what is not shown.
    board.show(EVERYTHING);
    board.focus(place === 'cut' ? 'original' : place, keyOf(child));
  };
}
