import { expect, test } from 'vitest';
import type { Changes } from '../../ipc/bindings';
import { Refusal } from '../../ipc/refusal';
import { createFake } from '../../ipc/testing/fake';
import { judge } from './reduce';
import { createSession } from './store';

const counts = { queue: 7, phoneConflicts: 1, outbox: 0, needsPerson: 0 };

function changes(revision: number, more: Partial<Changes> = {}): Changes {
  const status = {
    connection: 'online' as const,
    syncing: false,
    loaded: 0,
    total: null,
    syncedAt: null,
    nextSendAt: null,
    trouble: null,
    taking: null,
  };
  const rows = { upserts: [], removals: [], outbox: [], contacts: [] };
  return { revision, ...rows, counts, status, closing: null, reopen: false, ...more };
}

async function opened() {
  const fake = createFake();
  const session = createSession(fake.backend);
  await session.open();
  const opens = () => fake.calls.filter((call) => call.name === 'open').length;
  return { fake, session, opens };
}

test('a change is applied only if it is the very next', () => {
  expect(judge(4, changes(3))).toBe('ignore');
  expect(judge(4, changes(4))).toBe('ignore');
  expect(judge(4, changes(5))).toBe('apply');
  expect(judge(4, changes(6))).toBe('reopen');
  expect(judge(4, changes(5, { reopen: true }))).toBe('reopen');
  expect(judge(4, changes(4, { reopen: true }))).toBe('ignore');
});

test('the next change moves counts and revision on, and is told to listeners once', async () => {
  const { session } = await opened();
  const told: (number | undefined)[] = [];
  session.subscribe((each) => told.push(each?.revision));
  session.receive(changes(2));
  session.receive(changes(2, { counts: { ...counts, queue: 99 } }));
  expect(session.store.getState().session?.revision).toBe(2);
  expect(session.store.getState().session?.counts.queue).toBe(7);
  expect(told).toEqual([2]);
});

test('a gap opens again, and the new snapshot counts', async () => {
  const { session, opens } = await opened();
  session.receive(changes(5));
  await expect.poll(opens).toBe(2);
  expect(session.store.getState().session?.counts.queue).toBe(214);
});

test('what is pushed while opening continues the snapshot', async () => {
  const fake = createFake({ delay: 50 });
  const session = createSession(fake.backend);
  const opening = session.open();
  await new Promise((resolve) => setTimeout(resolve, 1));
  session.receive(changes(1));
  session.receive(changes(2));
  expect(session.store.getState().session).toBeNull();
  await opening;
  expect(session.store.getState().session?.revision).toBe(2);
  expect(session.store.getState().session?.counts.queue).toBe(7);
});

test('a channel of an earlier opening is not heard any more', async () => {
  const fake = createFake();
  const channels: ((changes: Changes) => void)[] = [];
  const open = fake.backend.open;
  fake.backend.open = (onChanges) => {
    channels.push(onChanges);
    return open(onChanges);
  };
  const session = createSession(fake.backend);
  await session.open();
  await session.open();
  channels[0]?.(changes(2));
  expect(session.store.getState().session?.revision).toBe(1);
  channels[1]?.(changes(2));
  expect(session.store.getState().session?.revision).toBe(2);
});

test('a failed opening keeps its words, and a later one clears them', async () => {
  const fake = createFake();
  const refusal = new Refusal({ code: 'storage', message: 'The disk is full.', hint: null, field: null });
  fake.refuse('open', refusal);
  const session = createSession(fake.backend);
  await session.open();
  expect(session.store.getState()).toMatchObject({ session: null, failure: refusal });
  fake.refuse('open', null);
  await session.open();
  expect(session.store.getState().failure).toBeNull();
});
