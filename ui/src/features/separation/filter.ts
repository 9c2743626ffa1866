import type { ChildCard, ChildKind, ChildPlace, SuggestionView } from '../../ipc/bindings';

/** What of the child records is shown. */
export interface Filter {
  kind: ChildKind | null;
  /** The channel's word. */
  channel: string | null;
  text: string;
  /** Last thing happened before this day, as `2026-03-03`; empty for any. */
  before: string;
  /** Last thing happened on this day or later. */
  after: string;
  undecided: boolean;
  /** Only with a sure proposal. */
  likely: boolean;
}

export const EVERYTHING: Filter = {
  kind: null,
  channel: null,
  text: '',
  before: '',
  after: '',
  undecided: false,
  likely: false,
};

/** From how many percent on a proposal is a sure one. */
export const SURE = 90;

/** Midnight at the beginning of a day, here; nothing if it is no day. */
export function dayStart(day: string): number | null {
  const [, year, month, date] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(day.trim()) ?? [];
  if (!year || !month || !date) return null;
  const at = new Date(Number(year), Number(month) - 1, Number(date));
  return at.getMonth() === Number(month) - 1 ? at.getTime() : null;
}

/** A filter made ready to be asked about many. */
export function matcher(filter: Filter) {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const [before, after] = [dayStart(filter.before), dayStart(filter.after)];
  return (card: ChildCard, place: ChildPlace, suggestion: SuggestionView | undefined): boolean => {
    if (filter.kind !== null && card.kind !== filter.kind) return false;
    if (filter.channel !== null && card.channel !== filter.channel) return false;
    if (filter.undecided && place !== 'undecided') return false;
    if (filter.likely && (suggestion?.percent ?? 0) < SURE) return false;
    if (before !== null || after !== null) {
      const at = card.at === null ? Number.NaN : Date.parse(card.at);
      // Without a time it is neither before nor after.
      if (Number.isNaN(at) || (before !== null && at >= before) || (after !== null && at < after))
        return false;
    }
    if (words.length === 0) return true;
    const text = `${card.title} ${card.detail}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
}

/** Whether it leaves anything out. */
export const narrows = (filter: Filter): boolean =>
  (Object.keys(EVERYTHING) as (keyof Filter)[]).some((key) => filter[key] !== EVERYTHING[key]);
