import { useSyncExternalStore } from 'react';

/** What 1 rem is where nothing can be measured: 13 px. */
const NORMAL = 13;

let measured = NORMAL;
let probe: HTMLElement | null = null;
const listeners = new Set<() => void>();

function measure(): void {
  const now = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || NORMAL;
  if (now === measured) return;
  measured = now;
  for (const tell of listeners) tell();
}

/** Watches an element of 1 rem: whatever makes text larger, a setting or the desktop, makes it larger. */
function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  if (!probe) {
    probe = document.createElement('div');
    probe.className = 'rem-probe';
    probe.setAttribute('aria-hidden', 'true');
    document.body.append(probe);
    new ResizeObserver(measure).observe(probe);
  }
  measure();
  return () => listeners.delete(tell);
}

/** How many pixels 1 rem is, as it is drawn: heights that are counted with must not be others than those in the style. */
export const useRem = (): number => useSyncExternalStore(subscribe, () => measured);
