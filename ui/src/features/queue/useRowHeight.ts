import { type RefObject, useEffect, useState } from 'react';
import { usePreferences } from '../../shared/preferences';
import { useRem } from '../../shared/useRem';

/** Heights of a row in rem: two lines where the list is narrow. */
const HEIGHT = { comfortable: 3.0769, compact: 2.4615, narrow: 4.3 };

/** Below this width, in rem, a row takes two lines. */
const NARROW = 58;

/** The height of a row in pixels, whole so that rows do not blur, and whether it has two lines. */
export function useRowHeight(list: RefObject<HTMLElement | null>): { height: number; narrow: boolean } {
  const density = usePreferences((preferences) => preferences.density);
  const [narrow, setNarrow] = useState(false);
  const rem = useRem();
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setNarrow(element.clientWidth / rem < NARROW));
    observer.observe(element);
    return () => observer.disconnect();
  }, [list, rem]);
  return { height: Math.round(rem * (narrow ? HEIGHT.narrow : HEIGHT[density])), narrow };
}
