/** Where each row begins, in pixels; one more than there are rows, so that the last is the height of all. */
export function offsetsOf(heights: readonly number[]): number[] {
  const offsets = [0];
  let sum = 0;
  for (const height of heights) {
    sum += height;
    offsets.push(sum);
  }
  return offsets;
}

/** The row at a height: the last that begins at or above it. */
export function rowAt(offsets: readonly number[], y: number): number {
  let low = 0;
  let high = Math.max(0, offsets.length - 2);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((offsets[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Rows to draw, from the first to before the second, with some beyond both edges. */
export function windowOf(
  offsets: readonly number[],
  top: number,
  height: number,
  beyond: number,
): [number, number] {
  const count = offsets.length - 1;
  if (count <= 0) return [0, 0];
  const from = Math.max(0, rowAt(offsets, top) - beyond);
  return [from, Math.min(count, rowAt(offsets, top + height) + 1 + beyond)];
}

/** How far a list must be scrolled so that a row is in sight; as it is, if it is already. */
export function scrollTo(offsets: readonly number[], index: number, top: number, height: number): number {
  const [start, end] = [offsets[index] ?? 0, offsets[index + 1] ?? 0];
  if (start < top) return start;
  return end > top + height ? end - height : top;
}
