/** How near the edge the list begins to move, in pixels, and how fast it moves at the edge itself, a frame. */
const ZONE = 48;
const FASTEST = 18;

/** Pixels a frame that a list from `start` to `end` moves while something is held at `at`; negative is up. */
export function edgeSpeed(at: number, start: number, end: number): number {
  const zone = Math.min(ZONE, (end - start) / 3);
  if (zone <= 0) return 0;
  const pull = (distance: number) => Math.min(1, Math.max(0, (zone - distance) / zone));
  return Math.round(FASTEST * (pull(end - at) - pull(at - start)));
}

/** Moves a list while something is held near its upper or lower edge. */
export function createAutoscroll(onScrolled: () => void) {
  let frame = 0;
  let target: Element | null = null;
  let speed = 0;
  const tick = () => {
    frame = 0;
    if (!target || speed === 0) return;
    const before = target.scrollTop;
    target.scrollTop = before + speed;
    if (target.scrollTop === before) return;
    onScrolled();
    frame = requestAnimationFrame(tick);
  };
  return {
    /** Says over which list the pointer is, and how far down the window. */
    hold(element: Element | null, y: number): void {
      target = element;
      const box = element?.getBoundingClientRect();
      speed = box ? edgeSpeed(y, box.top, box.bottom) : 0;
      if (speed !== 0 && frame === 0) frame = requestAnimationFrame(tick);
    },
    stop(): void {
      target = null;
      cancelAnimationFrame(frame);
      frame = 0;
    },
  };
}
