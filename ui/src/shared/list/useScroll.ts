import { useCallback, useLayoutEffect, useRef, useState } from 'react';

/** How far a list is scrolled, and how much of it is seen, in pixels. */
export function useScroll() {
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const { scrollTop: top, clientHeight: height } = element;
    setView((before) => (before.top === top && before.height === height ? before : { top, height }));
  }, []);
  useLayoutEffect(() => {
    onScroll();
    if (!scroller.current) return;
    const observer = new ResizeObserver(onScroll);
    observer.observe(scroller.current);
    return () => observer.disconnect();
  }, [onScroll]);
  return { scroller, ...view, onScroll };
}
