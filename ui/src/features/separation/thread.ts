/** Heights of a conversation, in pixels: every message as high as the next, and the divider between two of them. */
export interface Thread {
  total: number;
  /** Position of the first message after the divider; `null` without one. */
  cut: number | null;
  row: number;
  bar: number;
}

/** Where a message begins. */
export const topOf = ({ cut, row, bar }: Thread, index: number): number =>
  index * row + (cut !== null && index >= cut ? bar : 0);

export const heightOf = ({ total, cut, row, bar }: Thread): number => total * row + (cut === null ? 0 : bar);

/** Where the divider begins. */
export const barTop = ({ cut, row }: Thread): number => (cut ?? 0) * row;

/** The message at a height; the one after the divider for a point on it. */
export function messageAt({ total, cut, row, bar }: Thread, y: number): number {
  const index = Math.floor(y / row);
  const at = cut === null || index < cut ? index : Math.max(cut, Math.floor((y - bar) / row));
  return Math.min(Math.max(0, total - 1), Math.max(0, at));
}

/** Where the divider comes to lie when its middle is held at a height: never before the first or after the last. */
export function cutAt({ total, row, bar }: Thread, y: number): number {
  return Math.min(total - 1, Math.max(1, Math.round((y - bar / 2) / row)));
}

/** Messages to draw, from the first to before the second. */
export function sight(thread: Thread, top: number, height: number, beyond: number): [number, number] {
  if (thread.total === 0) return [0, 0];
  return [
    Math.max(0, messageAt(thread, top) - beyond),
    Math.min(thread.total, messageAt(thread, top + height) + 1 + beyond),
  ];
}
