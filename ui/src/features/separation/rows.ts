import type { ChildCard, ChildKind, SeparationProblem, SuggestionView } from '../../ipc/bindings';
import { type Filter, matcher } from './filter';
import { keyOf, type Places } from './merge';

/** The three places, from left to right. */
export const COLUMNS = ['original', 'undecided', 'new'] as const;

export type Column = (typeof COLUMNS)[number];

/** A child record where it is shown. */
export interface Item {
  key: string;
  card: ChildCard;
  suggestion: SuggestionView | undefined;
  /** Whether it is cut, and shown on both sides. Where is not here: a divider that moves draws no list anew. */
  cut: boolean;
  /** What is wrong with it. */
  problems: SeparationProblem[];
}

export type Row = { lane: ChildKind; count: number } | { item: Item; position: number };

export interface Shown {
  columns: Record<Column, Item[]>;
  /** Everything that is shown, each once. */
  items: Item[];
  /** How many records there are in each column, shown or not. */
  totals: Record<Column, number>;
}

interface Material {
  cards: ChildCard[];
  places: Places;
  suggestions: SuggestionView[];
  problems: SeparationProblem[];
}

const NONE: SeparationProblem[] = [];

/** Items as they were last, so that a card whose record says the same is not drawn anew. */
const items = new WeakMap<ChildCard, Item>();

function itemOf(item: Item): Item {
  const before = items.get(item.card);
  const same =
    before?.suggestion === item.suggestion && before?.cut === item.cut && before?.problems === item.problems;
  if (before && same) return before;
  items.set(item.card, item);
  return item;
}

/** Proposals by record, put in order once for each answer. */
const ordered = new WeakMap<SuggestionView[], Map<string, SuggestionView>>();

function byRecord(suggestions: SuggestionView[]): Map<string, SuggestionView> {
  const known = ordered.get(suggestions);
  if (known) return known;
  const map = new Map(suggestions.map((each) => [keyOf(each), each]));
  ordered.set(suggestions, map);
  return map;
}

/** Puts every child record into its column, as far as the filter shows it. */
export function shownOf({ cards, places, suggestions, problems }: Material, filter: Filter): Shown {
  const proposals = byRecord(suggestions);
  const wrong = new Map<string, SeparationProblem[]>();
  for (const problem of problems) {
    if (!problem.child) continue;
    const key = keyOf(problem.child);
    wrong.set(key, [...(wrong.get(key) ?? []), problem]);
  }
  const matches = matcher(filter);
  const columns: Shown['columns'] = { original: [], undecided: [], new: [] };
  const totals = { original: 0, undecided: 0, new: 0 };
  const all: Item[] = [];
  for (const card of cards) {
    const key = items.get(card)?.key ?? keyOf(card);
    const place = places.get(key) ?? 'undecided';
    const suggestion = proposals.get(key);
    const cut = place === 'cut';
    const item = itemOf({ key, card, suggestion, cut, problems: wrong.get(key) ?? NONE });
    const matching = matches(card, place, suggestion);
    for (const column of place === 'cut' ? (['original', 'new'] as const) : [place]) {
      totals[column] += 1;
      if (matching) columns[column].push(item);
    }
    if (matching) all.push(item);
  }
  return { columns, items: all, totals };
}

/** The rows of a column: a lane for each kind, with its number, and its cards. Cards come kind by kind. */
export function rowsOf(items: Item[]): Row[] {
  const counts = new Map<ChildKind, number>();
  for (const { card } of items) counts.set(card.kind, (counts.get(card.kind) ?? 0) + 1);
  const rows: Row[] = [];
  let lane: ChildKind | undefined;
  for (const [position, item] of items.entries()) {
    if (item.card.kind !== lane) {
      lane = item.card.kind;
      rows.push({ lane, count: counts.get(lane) ?? 0 });
    }
    rows.push({ item, position });
  }
  return rows;
}

/** Heights in rem. */
const LANE = 2.3;
const CARD = 3.85;
const LINE = 1.9;

/** How high a row is, in rem: known from what it is, so that nothing has to be measured. */
export function heightOf(row: Row, isExpanded: (key: string) => boolean): number {
  if ('lane' in row) return LANE;
  const { key, suggestion, cut, problems } = row.item;
  const third = suggestion || cut ? LINE : 0;
  const evidence = suggestion && isExpanded(key) ? suggestion.evidence.length * LINE : 0;
  return CARD + third + evidence + problems.length * LINE;
}
