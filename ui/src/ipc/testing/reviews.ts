import type { ChildGroup, FieldPick, MergePreview, QueueRow, ReviewView } from '../bindings';
import { fieldOf, pairOf, pathsOf } from './people';

const DAY = 86_400_000;

const nameOf = (person: Record<string, string>): string => `${person.firstName} ${person.lastName}`;

export const idOf = (n: number): string => `review-${n}`;
export const numberOf = (reviewId: string): number => Number(reviewId.replace('review-', ''));

const ago = (days: number): string => new Date(Date.now() - days * DAY).toISOString();
const scoreOf = (n: number): number => Math.max(60, 97.4 - n * 0.37);
const isConflict = (n: number): boolean => n % 9 === 4;

export function rowOf(n: number): QueueRow {
  const { source, candidate } = pairOf(n);
  return {
    reviewId: idOf(n),
    sourceId: `contact-s${n}`,
    candidateId: `contact-c${n}`,
    sourceName: nameOf(source),
    candidateName: nameOf(candidate),
    kind: isConflict(n) ? 'phoneConflict' : 'fuzzyMatch',
    score: isConflict(n) ? null : scoreOf(n),
    differing: pathsOf(source, candidate).filter((path) => source[path] !== candidate[path]),
    createdAt: ago(n * 0.8 + 0.1),
    local: 'open',
    here: n % 4 !== 3,
  };
}

export function previewOf(n: number, picks: FieldPick[]): MergePreview {
  const { source, candidate } = pairOf(n);
  const side = new Map(picks.map((pick) => [pick.path, pick.side]));
  const fields = pathsOf(source, candidate).map((path) => fieldOf(path, source, candidate, side.get(path)));
  const result = Object.fromEntries(fields.map((field) => [field.path, field.result ?? '']));
  return {
    fields,
    survivorName: nameOf(result),
    survivorId: `contact-c${n}`,
    moving: n % 7 === 6 ? null : 9,
    cascades:
      n % 3 === 0
        ? [
            {
              reviewId: idOf(n + 50),
              pair: `${nameOf(source)} and ${nameOf(pairOf(n + 50).candidate)}`,
              decidedHere: false,
            },
          ]
        : [],
    problems:
      n % 8 === 5
        ? [{ field: 'phoneNumber', blocking: true, message: 'Another contact already has +1 416 555 0105.' }]
        : [],
  };
}

function childrenOf(n: number): ChildGroup[] {
  return [
    {
      kind: 'conversation',
      source: [
        {
          id: `${n}-1`,
          title: 'SMS +1 416 555 0100',
          detail: '“ok thanks, see you then”',
          messages: 41,
          at: ago(3),
        },
        { id: `${n}-2`, title: 'E-mail', detail: '“Re: your application”', messages: 6, at: ago(12) },
      ],
      candidate: [
        {
          id: `${n}-3`,
          title: 'SMS +1 416 555 0100',
          detail: '“Hi, this is Janet”',
          messages: 81,
          at: ago(1),
        },
        { id: `${n}-4`, title: 'WhatsApp', detail: '“👍”', messages: 12, at: ago(40) },
        { id: `${n}-5`, title: 'E-mail', detail: '“Welcome”', messages: 2, at: ago(90) },
      ],
    },
    {
      kind: 'note',
      source: [
        {
          id: `${n}-6`,
          title: 'Call back at five, prefers Thursdays',
          detail: 'Sam Reyes',
          messages: null,
          at: ago(9),
        },
      ],
      candidate: [],
    },
    {
      kind: 'application',
      source: null,
      candidate: [
        { id: `${n}-7`, title: 'Warehouse associate', detail: 'Interview', messages: null, at: ago(20) },
      ],
    },
  ];
}

export function reviewOf(n: number): ReviewView {
  const row = rowOf(n);
  const conflict = row.kind === 'phoneConflict';
  const side = { createdAt: ago(400), snapshotOnly: false, protection: null };
  return {
    reviewId: row.reviewId,
    basedOn: `v1-${n}`,
    kind: row.kind,
    open: true,
    resolved: null,
    createdAt: row.createdAt,
    source: { ...side, contactId: row.sourceId, name: row.sourceName, updatedAt: ago(2) },
    candidate: {
      ...side,
      contactId: row.candidateId,
      name: row.candidateName,
      updatedAt: ago(30),
      protection: n % 6 === 2 ? { owner: 'Sam Reyes', until: ago(-0.05) } : null,
    },
    score: conflict
      ? null
      : {
          percent: scoreOf(n),
          raw: scoreOf(n) / 100,
          mergeThreshold: 95,
          reviewThreshold: 70,
          breakdown: [
            { path: 'firstName', reported: '18', bar: 0.45 },
            { path: 'lastName', reported: '20', bar: 0.5 },
            { path: 'phoneNumber', reported: '40', bar: 1 },
            { path: 'email', reported: 'missing', bar: null },
          ],
        },
    phoneConflict: conflict ? { phone: '+1 416 555 0104', sourceHasIt: false, candidateHasIt: true } : null,
    children: childrenOf(n),
    preview: previewOf(n, []),
    decision: null,
    decided: null,
    readAt: ago(0.002),
  };
}
