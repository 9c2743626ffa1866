import { expect, test } from 'vitest';
import type { ChildCard, SuggestionView } from '../../ipc/bindings';
import { offsetsOf, rowAt, scrollTo, windowOf } from '../../shared/list/windowing';
import { dayStart, EVERYTHING, type Filter, matcher, narrows } from './filter';
import { keyOf } from './merge';
import { heightOf as rowHeight, rowsOf, shownOf } from './rows';
import { barTop, cutAt, heightOf, messageAt, sight, type Thread, topOf } from './thread';

const card = (id: string, more: Partial<ChildCard> = {}): ChildCard => ({
  kind: 'conversation',
  id,
  title: 'SMS +1 416 555 0100',
  detail: '“Hi Janet”',
  channel: 'sms',
  messages: 3,
  readable: true,
  at: new Date(2026, 2, 2, 23, 59).toISOString(),
  ...more,
});

const sure: SuggestionView = { kind: 'conversation', id: 'a', side: 'new', percent: 94, evidence: [] };

test.each<[string, Partial<Filter>, boolean]>([
  ['nothing', {}, true],
  ['its kind', { kind: 'conversation' }, true],
  ['another kind', { kind: 'note' }, false],
  ['its channel', { channel: 'sms' }, true],
  ['another channel', { channel: 'email' }, false],
  ['words of it, in any order', { text: ' janet  0100' }, true],
  ['a word it lacks', { text: 'janet bob' }, false],
  ['before the day after', { before: '2026-03-03' }, true],
  ['before its own day', { before: '2026-03-02' }, false],
  ['from its own day', { after: '2026-03-02' }, true],
  ['from the day after', { after: '2026-03-03' }, false],
  ['half a date, which is none', { before: '2026-03' }, true],
  ['only undecided', { undecided: true }, true],
  ['a sure proposal', { likely: true }, true],
])('a filter for %s', (_, filter, shown) => {
  expect(matcher({ ...EVERYTHING, ...filter })(card('a'), 'undecided', sure)).toBe(shown);
});

test('what is decided, not surely proposed, or without a time is left out where it is asked for', () => {
  const matches = (filter: Partial<Filter>) => matcher({ ...EVERYTHING, ...filter });
  expect(matches({ undecided: true })(card('a'), 'new', sure)).toBe(false);
  expect(matches({ likely: true })(card('a'), 'undecided', { ...sure, percent: 89.9 })).toBe(false);
  expect(matches({ likely: true })(card('a'), 'undecided', undefined)).toBe(false);
  for (const at of [null, 'no time'])
    expect(matches({ before: '2026-03-03' })(card('a', { at }), 'undecided', sure)).toBe(false);
});

test('a day is a day, and no other text', () => {
  expect(dayStart('2026-03-03')).toBe(new Date(2026, 2, 3).getTime());
  expect(['', '2026-13-01', '2026-02-31', 'yesterday', '03/03/2026'].map(dayStart)).toEqual([
    null,
    null,
    null,
    null,
    null,
  ]);
  expect([narrows(EVERYTHING), narrows({ ...EVERYTHING, text: 'a' })]).toEqual([false, true]);
});

test('every record is in its column, a cut one in two; totals count what the filter hides', () => {
  const cards = [card('a'), card('b'), card('c', { kind: 'note' })];
  const places = new Map([
    ['conversation:a', 'cut'],
    ['conversation:b', 'new'],
  ] as const);
  const material = { cards, places, suggestions: [], problems: [] };
  const ids = (filter: Partial<Filter>) => {
    const { columns, items, totals } = shownOf(material, { ...EVERYTHING, ...filter });
    const of = (list: typeof items) => list.map((item) => item.card.id).join('');
    return [of(columns.original), of(columns.undecided), of(columns.new), of(items), Object.values(totals)];
  };
  expect(ids({})).toEqual(['a', 'c', 'ab', 'abc', [1, 1, 2]]);
  expect(ids({ kind: 'note' })).toEqual(['', 'c', '', 'c', [1, 1, 2]]);
});

test('what a record shows is the same object until it says something else', () => {
  const cards = [card('a'), card('b')];
  const material = { cards, places: new Map(), suggestions: [], problems: [] };
  const [one] = shownOf(material, EVERYTHING).items;
  const moved = new Map([['conversation:b', 'new']] as const);
  expect(shownOf({ ...material, places: moved }, EVERYTHING).items[0]).toBe(one);
  expect(shownOf({ ...material, suggestions: [sure] }, EVERYTHING).items[0]).not.toBe(one);
});

test('lanes have heads with their numbers, and heights are known from what a row is', () => {
  const cards = [card('a'), card('b'), card('c', { kind: 'note' })];
  const suggestions = [{ ...sure, evidence: [{ label: 'named', quote: '', side: 'new', messageId: null }] }];
  const material = { cards, places: new Map(), problems: [] };
  const { items } = shownOf({ ...material, suggestions: suggestions as SuggestionView[] }, EVERYTHING);
  const rows = rowsOf(items);
  const seen = rows.map((row) => ('lane' in row ? `${row.lane} ${row.count}` : row.item.card.id));
  expect(seen).toEqual(['conversation 2', 'a', 'b', 'note 1', 'c']);
  const [lane = 0, proposed = 0, plain = 0] = rows.map((row) => rowHeight(row, () => false));
  expect(lane < plain && plain < proposed).toBe(true);
  const open = rowHeight(rows[1] as (typeof rows)[0], (key) => key === keyOf(cards[0] as ChildCard));
  expect(open).toBeGreaterThan(proposed);
});

const offsets = offsetsOf([10, 30, 30, 10]);

test('a window over rows of different heights', () => {
  expect(offsets).toEqual([0, 10, 40, 70, 80]);
  expect([0, 9, 10, 39, 40, 79, 500].map((y) => rowAt(offsets, y))).toEqual([0, 0, 1, 1, 2, 3, 3]);
  expect(windowOf(offsets, 10, 25, 0)).toEqual([1, 2]);
  expect(windowOf(offsets, 10, 30, 0)).toEqual([1, 3]);
  expect(windowOf(offsets, 10, 30, 9)).toEqual([0, 4]);
  expect(windowOf([0], 0, 600, 5)).toEqual([0, 0]);
});

test('a list is scrolled no further than it must be', () => {
  expect(scrollTo(offsets, 1, 0, 50)).toBe(0);
  expect(scrollTo(offsets, 2, 0, 50)).toBe(20);
  expect(scrollTo(offsets, 0, 40, 40)).toBe(0);
});

const thread: Thread = { total: 20_000, cut: 100, row: 40, bar: 30 };

test('a conversation makes room for its divider', () => {
  expect(heightOf(thread)).toBe(800_030);
  expect(heightOf({ ...thread, cut: null })).toBe(800_000);
  expect([99, 100, 19_999].map((index) => topOf(thread, index))).toEqual([3960, 4030, 799_990]);
  expect(barTop(thread)).toBe(4000);
  expect([0, 3999, 4000, 4029, 4030, 4070, 9e9].map((y) => messageAt(thread, y))).toEqual([
    0, 99, 100, 100, 100, 101, 19_999,
  ]);
  expect(sight(thread, 4000, 400, 2)).toEqual([98, 112]);
  expect(sight({ ...thread, total: 0, cut: null }, 0, 400, 2)).toEqual([0, 0]);
});

test('every message begins where the one before it ends, or the divider', () => {
  for (let index = 1; index < 200; index++) {
    const gap = topOf(thread, index) - topOf(thread, index - 1) - thread.row;
    expect(gap).toBe(index === 100 ? thread.bar : 0);
    expect(messageAt(thread, topOf(thread, index))).toBe(index);
  }
});

test('the divider follows what holds it, and stays between the first and the last', () => {
  expect([4015, 4034, 4036, -500, 9e9].map((y) => cutAt(thread, y))).toEqual([100, 100, 101, 1, 19_999]);
});
