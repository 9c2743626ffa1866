import type { OutboxEntry } from '../../ipc/bindings';
import type { OutboxPart } from '../../shared/route';
import { partOf } from '../../shared/session/parts';

/** What a decision asks of the admin, in the order in which it is shown. */
export const SECTIONS = ['needsYou', 'sending', 'waiting', 'done'] as const satisfies readonly (
  | OutboxPart
  | 'done'
)[];

export type Section = (typeof SECTIONS)[number];

/** A line of the list: the head of a section, or a decision with its place among all that are shown. */
export type Line =
  | { key: Section; section: Section; count: number }
  | { key: string; entry: OutboxEntry; position: number };

export const sectionOf = (entry: OutboxEntry): Section => partOf(entry) ?? 'done';

/** How many there are of each. */
export function countSections(entries: readonly OutboxEntry[]): Record<Section, number> {
  const counts = { needsYou: 0, sending: 0, waiting: 0, done: 0 };
  for (const entry of entries) counts[sectionOf(entry)] += 1;
  return counts;
}

/** Decisions with words of a name in their title. */
export function named(entries: readonly OutboxEntry[], text: string): OutboxEntry[] {
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter(({ title }) => {
    const name = title.toLocaleLowerCase();
    return words.every((word) => name.includes(word));
  });
}

/**
 * The lines to show. What waits stands in the order in which it goes, the first on top; everything else, with the
 * newest on top.
 */
export function linesOf(entries: readonly OutboxEntry[], only: Section | undefined): Line[] {
  const sections = new Map<Section, OutboxEntry[]>(SECTIONS.map((each) => [each, []]));
  for (const entry of entries) sections.get(sectionOf(entry))?.push(entry);
  sections.get('waiting')?.reverse();
  let position = 0;
  return SECTIONS.filter((each) => only === undefined || each === only).flatMap((section): Line[] => {
    const mine = sections.get(section) ?? [];
    if (mine.length === 0) return [];
    const lines = mine.map((entry): Line => {
      position += 1;
      return { key: entry.opId, entry, position };
    });
    return [{ key: section, section, count: mine.length }, ...lines];
  });
}
