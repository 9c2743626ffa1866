import type { FieldRow, FieldSameness, SegmentView, ValueView } from '../bindings';

/** A contact of the made-up world, by field path. */
export type Person = Record<string, string>;

const FIRST = [
  'Jane',
  'Mohammed',
  'Aoife',
  'Luis',
  'Priya',
  'Tomasz',
  'Chloé',
  'Daniel',
  'Yuki',
  'Amara',
  'Oskar',
];
const LAST = [
  'Doe',
  'Al-Farsi',
  'O’Brien',
  'García',
  'Raman',
  'Kowalski',
  'Lefèvre',
  'Johnson',
  'Tanaka',
  'Okafor',
];
const CITY = ['Toronto', 'Ottawa', 'Hamilton', 'Kingston', 'London'];

const at = (list: string[], i: number): string => list[i % list.length] ?? '';

/** The two sides of the n-th review: alike in a way that differs from review to review. */
export function pairOf(n: number): { source: Person; candidate: Person } {
  const first = at(FIRST, n * 7);
  const last = at(LAST, n * 3 + Math.floor(n / 10));
  const mail = `${first}.${last}`
    .normalize('NFD')
    .replace(/[^a-zA-Z.]/g, '')
    .toLowerCase();
  const digits = String(100 + (n % 900)).padStart(4, '0');
  const source: Person = {
    firstName: n % 3 === 0 ? `${first.slice(0, -1)}${first.at(-1) === 'e' ? 'et' : 'e'}` : first,
    lastName: last,
    email: n % 4 === 1 ? '' : `${mail}@example.com`,
    phoneNumber: `+1 416 555 ${digits}`,
    'address.city': at(CITY, n),
    status: 'New Lead',
  };
  const candidate: Person = {
    firstName: first,
    lastName: n % 5 === 2 ? last.toUpperCase() : last,
    email: n % 4 === 0 ? `${mail.replace('.', '')}@example.org` : `${mail}@example.com`,
    phoneNumber: `(416) 555-${digits}`,
    dateOfBirth: n % 2 ? '1988-03-14' : '',
    company: n % 3 ? 'Northwind Logistics' : '',
    'address.city': at(CITY, n % 2 ? n : n + 1),
    status: 'Contacted',
    'misc.referred_by': n % 6 === 0 ? 'a friend' : '',
  };
  return { source, candidate };
}

const plain = (value: string): string =>
  value
    .toLowerCase()
    .replace(/^\+1/, '')
    .replace(/[^\p{L}\p{N}@]/gu, '');

export function samenessOf(source: string, candidate: string): FieldSameness {
  if (source === candidate) return source === '' ? 'bothMissing' : 'equal';
  if (candidate === '') return 'onlySource';
  if (source === '') return 'onlyCandidate';
  return plain(source) === plain(candidate) ? 'equalNormalised' : 'different';
}

/** A value in runs: what it shares with the other at both ends, and between them what differs. */
export function runsOf(value: string, other: string, sameness: FieldSameness, was: string | null): ValueView {
  if (value === '') return { segments: [], was };
  if (sameness !== 'different') return { segments: [{ text: value, differs: false }], was };
  let head = 0;
  while (head < value.length && value[head] === other[head]) head += 1;
  let tail = 0;
  while (tail < value.length - head && value.at(-1 - tail) === other.at(-1 - tail)) tail += 1;
  // Letters that unlike words share by chance say nothing.
  if (2 * (head + tail) < Math.max(value.length, other.length)) {
    return { segments: [{ text: value, differs: true }], was };
  }
  const runs: SegmentView[] = [
    { text: value.slice(0, head), differs: false },
    { text: value.slice(head, value.length - tail), differs: true },
    { text: value.slice(value.length - tail), differs: false },
  ];
  return { segments: runs.filter((run) => run.text !== ''), was };
}

/** Paths either side has, in reading order. */
export function pathsOf(source: Person, candidate: Person): string[] {
  return [...new Set([...Object.keys(candidate), ...Object.keys(source)])].filter(
    (path) => (source[path] ?? '') !== '' || (candidate[path] ?? '') !== '',
  );
}

/** A field with the choice and reason that the real application would give in the plainest case. */
export function fieldOf(
  path: string,
  source: Person,
  candidate: Person,
  picked?: FieldRow['choice'],
): FieldRow {
  const [s, c] = [source[path] ?? '', candidate[path] ?? ''];
  const sameness = samenessOf(s, c);
  const choosable = sameness !== 'equal';
  const base = {
    path,
    sameness,
    choosable,
    source: runsOf(s, c, sameness, null),
    candidate: runsOf(c, s, sameness, path === 'status' ? 'New Lead' : null),
  };
  if (picked) {
    const result = (picked === 'source' ? s : c) || null;
    return { ...base, choice: picked, reason: { kind: 'picked' }, result };
  }
  if (sameness === 'equal') return { ...base, choice: 'candidate', reason: { kind: 'equal' }, result: c };
  if (s === '') return { ...base, choice: 'candidate', reason: { kind: 'onlyValue' }, result: c };
  if (c === '') return { ...base, choice: 'source', reason: { kind: 'onlyValue' }, result: s };
  if (path === 'email')
    return { ...base, choice: 'source', reason: { kind: 'rule', rule: 'prefer_newer' }, result: s };
  return { ...base, choice: 'candidate', reason: { kind: 'survivor' }, result: c };
}
