import { create } from 'zustand';

/** How the window looks: kept in the web view's own storage, since nothing else depends on it. */
export interface Preferences {
  theme: 'system' | 'light' | 'dark';
  density: 'comfortable' | 'compact';
  /** Percent of the normal text size. */
  textSize: number;
  /** Whether the fields of a separation are folded away, to leave the room to the records. */
  fieldsFolded: boolean;
}

export const TEXT_SIZES = [90, 100, 115, 130, 150, 175, 200];

const KEY = 'cleave.preferences';
const DEFAULTS: Preferences = { theme: 'system', density: 'comfortable', textSize: 100, fieldsFolded: false };

function read(): Preferences {
  try {
    const stored: Partial<Preferences> = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return {
      theme: stored.theme === 'light' || stored.theme === 'dark' ? stored.theme : 'system',
      density: stored.density === 'compact' ? 'compact' : 'comfortable',
      textSize: TEXT_SIZES.find((size) => size === stored.textSize) ?? DEFAULTS.textSize,
      fieldsFolded: stored.fieldsFolded === true,
    };
  } catch {
    return DEFAULTS;
  }
}

export const usePreferences = create<Preferences>(read);

/** Changes some and remembers them, where the web view lets it. */
export function prefer(change: Partial<Preferences>): void {
  usePreferences.setState(change);
  try {
    localStorage.setItem(KEY, JSON.stringify(usePreferences.getState()));
  } catch {
    // Private storage: the choice lasts as long as the window.
  }
}

/** One step larger (1), smaller (-1), or back to normal (0). */
export function stepTextSize(step: -1 | 0 | 1): void {
  const at = TEXT_SIZES.indexOf(usePreferences.getState().textSize);
  prefer({ textSize: step === 0 ? DEFAULTS.textSize : (TEXT_SIZES[at + step] ?? TEXT_SIZES[at]) });
}

/** Writes them to the document, where the tokens listen. */
export function applyPreferences({ theme, density, textSize }: Preferences): void {
  const root = document.documentElement;
  root.dataset.theme = theme;
  root.dataset.density = density;
  root.style.setProperty('--text-scale', String(textSize / 100));
}
