import type { Backend } from '../backend';
import { Refusal } from '../refusal';
import { createFake } from './fake';
import { receiptOf } from './history';

const sorry = (message: string, hint: string | null = null) =>
  new Refusal({ code: 'storage', message, hint, field: null });

/**
 * The application for `npm run dev` in a browser. `?signedOut`, `?empty`, `?many`, `?slow`, `?offline`, `?failing`,
 * `?syncing`, `?conflict` and `?huge` (a contact of 5,000 records) show what is otherwise hard to reach.
 */
export function browserBackend(): Backend {
  const asked = new URLSearchParams(window.location.search);
  const fake = createFake({
    signedIn: !asked.has('signedOut'),
    reviews: asked.has('empty') ? 0 : asked.has('many') ? 100_000 : 214,
    children: asked.has('huge') ? 5000 : 12,
    ...(asked.has('huge') ? { messages: 20_000 } : {}),
    settled: asked.has('empty') ? 0 : 120,
    delay: asked.has('slow') ? 1200 : 30,
    status: asked.has('offline')
      ? { connection: 'offline', trouble: 'The connection was refused.' }
      : asked.has('syncing')
        ? { syncing: true, loaded: 3200, total: 10_000 }
        : {},
  });
  if (asked.has('failing')) {
    const refusal = sorry('The local cache cannot be read.', 'Another program may hold it open.');
    for (const name of ['queue', 'review', 'outbox', 'contacts', 'history'] as const)
      fake.refuse(name, refusal);
  }
  if (asked.has('conflict')) void conflict(fake);
  return fake.backend;
}

async function conflict({ backend, settle }: ReturnType<typeof createFake>): Promise<void> {
  const decide = (n: number, opId: string) =>
    backend.decide({
      opId,
      reviewId: `review-${n}`,
      basedOn: `v1-${n}`,
      decision:
        n % 2
          ? { kind: 'merge', picks: [], note: null }
          : { kind: 'keepSeparate', note: 'Brothers, one phone' },
      dryRun: false,
    });
  for (const [n, id] of ['a', 'b', 'c', 'd', 'e', 'f', 'g'].entries()) await decide(n + 2, id);
  const at = new Date().toISOString();
  settle('b', {
    state: 'applied',
    hold: 'none',
    attempts: 1,
    differences: [['email', 'a@example.com', 'b@example.com']],
  });
  settle('a', {
    state: 'conflict',
    hold: 'none',
    reason: 'The server answered: “Review is already resolved”',
    attempts: 1,
    canWithdraw: true,
    canEdit: true,
    canCompare: true,
    history: [{ at, status: 409, outcome: 'Review is already resolved' }],
  });
  settle('d', {
    state: 'needs_person',
    hold: 'none',
    reason: 'Only you can settle this.',
    attempts: 3,
    canCompare: true,
    canWithdraw: true,
    canRetry: true,
  });
  const separation = { kind: 'separate', hold: 'none', attempts: 1, canEdit: true } as const;
  settle('e', {
    ...separation,
    subject: 'contact-c6',
    title: 'Oskar Doe and Olga Doe',
    state: 'refused',
    reason: 'The server answered: “Phone number is already in use”',
    refusedAt: 'phoneNumber.new',
    canWithdraw: true,
    history: [{ at, status: 400, outcome: 'Phone number is already in use' }],
  });
  settle('f', {
    ...separation,
    subject: 'contact-c7',
    title: 'Jane Doe and Janet Doe',
    state: 'needs_person',
    reason: 'The contact has changed since, and it cannot be told by whom.',
    canWithdraw: true,
    canRetry: true,
    mayDouble: true,
    canMarkApplied: true,
    canMarkNotApplied: true,
    canCompare: true,
    history: [{ at, status: null, outcome: 'The connection broke before the answer was whole' }],
  });
  settle('g', {
    ...separation,
    subject: 'contact-c8',
    title: 'Priya Raman and Pia Raman',
    state: 'applied',
    canEdit: false,
    receipt: receiptOf('Priya Raman', true),
  });
  settle('c', {
    state: 'queued',
    hold: 'offline',
    reason: 'The server cannot be reached.',
    canWithdraw: true,
    canRetry: true,
  });
  const soon = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
  const later = ['h', 'i', 'j', 'k'];
  for (const [n, id] of later.entries()) await decide(n + 12, id);
  settle('h', {
    state: 'queued',
    hold: 'dependency',
    reason: 'Waits for another decision about the same contact.',
    canWithdraw: true,
    canEdit: true,
    waitsFor: [{ opId: 'c', kind: 'keep-separate', title: 'Jane Doe and Janet Doe' }],
  });
  const waits = { canWithdraw: true, canRetry: true } as const;
  const pausedUntil = soon(42);
  settle('i', { ...waits, hold: 'backoff', reason: 'The server answered: “Try again later”', pausedUntil });
  settle('j', {
    state: 'uncertain',
    hold: 'none',
    attempts: 1,
    reason: 'Sent, and the answer was lost. Cleave looks whether the server carried it out.',
    pausedUntil: soon(95),
  });
  settle('k', { state: 'sending', hold: 'none', reason: 'On its way.' });
}
