/** Where the pointer is, in pixels of the window. */
export interface Point {
  x: number;
  y: number;
}

export interface PressHandlers {
  /** Released without having moved: a click. */
  onPress?: (event: PointerEvent) => void;
  /** Moved far enough: it is a drag from here on. */
  onStart: (at: Point) => void;
  onMove: (at: Point) => void;
  onDrop: (at: Point) => void;
  /** Ended by Escape, by the system, or outside the window: nothing may have changed. */
  onCancel: () => void;
}

/** How far the pointer moves before a press is a drag, in pixels. */
export const THRESHOLD = 4;

const CONTROL = 'button, a, input, textarea, select, [role=menuitem]';

/**
 * Follows one press of the pointer to its end, whatever that is. Called from `pointerdown`; answers a way to give up.
 *
 * Nothing of it outlives the press: no listener waits for a click to swallow, so the next click is an ordinary one.
 * `holder` takes the pointer while dragging; it must stay in the document, which a row of a long list may not.
 */
export function followPress(
  down: PointerEvent,
  holder: HTMLElement,
  { onPress, onStart, onMove, onDrop, onCancel }: PressHandlers,
): () => void {
  const nothing = () => {};
  if (!down.isPrimary || down.button !== 0 || down.defaultPrevented) return nothing;
  if (down.target instanceof Element && down.target !== holder && down.target.closest(CONTROL))
    return nothing;

  const { pointerId } = down;
  const away = new AbortController();
  const options = { signal: away.signal, capture: true };
  let dragging = false;

  const end = (): void => {
    away.abort();
    if (holder.hasPointerCapture?.(pointerId)) holder.releasePointerCapture(pointerId);
  };
  const cancel = (): void => {
    if (away.signal.aborted) return;
    end();
    if (dragging) onCancel();
  };
  const mine = (handle: (event: PointerEvent) => void) => (event: PointerEvent) => {
    if (event.pointerId === pointerId) handle(event);
  };

  const move = mine((event) => {
    // The release was outside the window, where nobody told us.
    if (event.buttons === 0) return cancel();
    const at = { x: event.clientX, y: event.clientY };
    if (!dragging) {
      if (Math.hypot(at.x - down.clientX, at.y - down.clientY) < THRESHOLD) return;
      dragging = true;
      holder.setPointerCapture?.(pointerId);
      onStart({ x: down.clientX, y: down.clientY });
    }
    onMove(at);
  });
  const up = mine((event) => {
    const at = { x: event.clientX, y: event.clientY };
    const { innerWidth, innerHeight } = window;
    if (dragging && (at.x < 0 || at.y < 0 || at.x >= innerWidth || at.y >= innerHeight)) return cancel();
    end();
    if (dragging) onDrop(at);
    else onPress?.(event);
  });
  const key = (event: KeyboardEvent) => {
    if (!dragging || event.key !== 'Escape') return;
    // One layer at a time: the drag, not what lies below it.
    event.preventDefault();
    event.stopPropagation();
    cancel();
  };
  // A press that may become a drag selects no text on its way.
  window.addEventListener('selectstart', (event) => event.preventDefault(), options);
  window.addEventListener('pointermove', move, options);
  window.addEventListener('pointerup', up, options);
  window.addEventListener('pointercancel', mine(cancel), options);
  window.addEventListener('keydown', key, options);
  window.addEventListener('blur', cancel, { signal: away.signal });
  return cancel;
}
