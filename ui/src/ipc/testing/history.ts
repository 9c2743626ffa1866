import type {
  DecisionInput,
  HistoryPage,
  HistoryRequest,
  OutboxEntry,
  ReceiptRow,
  ReceiptView,
} from '../bindings';
import { words } from './frame';
import { rowOf } from './reviews';

const HOUR = 3_600_000;

const row = (label: string, side: ReceiptRow['side'], predicted: string, actual = predicted): ReceiptRow => ({
  label,
  side,
  predicted,
  actual,
  same: predicted === actual,
});

/** A receipt; with `otherwise`, one in which the server moved one note less and kept the number. */
export function receiptOf(name: string, otherwise: boolean, wasRead = true): ReceiptView {
  const counters = [
    row('Conversations moved', null, '2'),
    row('Conversations split', null, '1'),
    row('Notes moved', null, '2', otherwise ? '1' : '2'),
    row('Reminders moved', null, '0'),
    row('Applications moved', null, '1'),
    row('Training snapshots moved', null, '0'),
  ];
  const contacts = [
    row('Name', 'original', name),
    row('Phone', 'original', '', otherwise ? '+1 416 555 0100' : ''),
    row('Notes', 'original', '3', otherwise ? '4' : '3'),
    row('Name', 'new', 'Janet Doe'),
    row('Phone', 'new', '+1 416 555 0100', otherwise ? '' : '+1 416 555 0100'),
    row('Notes', 'new', '2', otherwise ? '1' : '2'),
  ];
  return {
    newContactId: 'contact-new',
    rows: wasRead ? [...counters, ...contacts] : counters,
    asPredicted: !otherwise,
    wasRead,
  };
}

/** The n-th settled decision of the made-up world, newest first. */
export function settledOf(n: number): OutboxEntry {
  const review = rowOf(n);
  const at = new Date(Date.now() - (n * 7 + 1) * HOUR).toISOString();
  const note = n % 4 === 1 ? 'Brothers, one phone' : null;
  const decision: DecisionInput =
    n % 3 === 1 ? { kind: 'keepSeparate', note } : { kind: 'merge', picks: [], note };
  const settled: OutboxEntry = {
    ...words.entry(`settled-${n}`, review, decision, 0),
    state: n % 11 === 7 ? 'withdrawn' : n % 13 === 6 ? 'applied_elsewhere' : 'applied',
    hold: 'none',
    attempts: n % 11 === 7 ? 0 : 1,
    decidedAt: at,
    changedAt: at,
    cancelUntil: null,
    canWithdraw: false,
    canRetry: false,
    canEdit: false,
    mayDouble: false,
    history: n % 11 === 7 ? [] : [{ at, status: 200, outcome: 'Done' }],
    differences: n % 15 === 3 ? [['email', 'jane.doe@example.com', 'janedoe@example.org']] : [],
  };
  if (n % 5 !== 2) {
    const survivorId = settled.kind === 'merge' && settled.attempts > 0 ? review.candidateId : null;
    return { ...settled, survivorId };
  }
  const title = `${review.candidateName} into two`;
  const receipt = settled.attempts > 0 ? receiptOf(review.candidateName, n % 10 === 2, n % 25 !== 12) : null;
  const separation = { kind: 'separate', subject: review.candidateId, differences: [] };
  return { ...settled, ...separation, title, receipt, canEdit: settled.state === 'withdrawn' };
}

/** A page of these entries, filtered as asked. */
export function historyOf(all: OutboxEntry[], request: HistoryRequest): HistoryPage {
  const { text, kind, different, after, limit } = request;
  const shown = all
    .filter((entry) => entry.title.toLowerCase().includes(text.toLowerCase()))
    .filter((entry) => kind === null || entry.kind === kind)
    .filter(
      ({ differences, receipt }) =>
        !different || differences.length > 0 || (receipt !== null && !receipt.asPredicted),
    );
  const from = Number(after ?? 0);
  const to = from + limit;
  return { entries: shown.slice(from, to), next: to < shown.length ? String(to) : null };
}
