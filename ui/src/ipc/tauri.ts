import { Channel } from '@tauri-apps/api/core';
import type { Backend } from './backend';
import { type AppError, type Changes, commands } from './bindings';
import { Refusal } from './refusal';

type Answer<T> = Promise<{ status: 'ok'; data: T } | { status: 'error'; error: AppError }>;

async function unwrap<T>(answer: Answer<T>): Promise<T> {
  const result = await answer;
  if (result.status === 'error') throw new Refusal(result.error);
  return result.data;
}

/** The application behind Tauri's bridge: the only place that knows Tauri's JavaScript. */
export const tauriBackend: Backend = {
  open(onChanges) {
    const channel = new Channel<Changes>();
    channel.onmessage = onChanges;
    return unwrap(commands.open(channel));
  },
  connect: (request) => unwrap(commands.connect(request)),
  connectSandbox: () => unwrap(commands.connectSandbox()),
  resetSandbox: () => unwrap(commands.resetSandbox()),
  switchAccount: (id) => unwrap(commands.useAccount(id)),
  signOut: async (id, how) => void (await unwrap(commands.signOut(id, how))),
  pendingWork: (id) => unwrap(commands.pendingWork(id)),
  exportWork: (id) => unwrap(commands.exportWork(id)),
  quit: async (how) => void (await unwrap(commands.quit(how))),
  openAgain: async () => void (await unwrap(commands.openAgain())),
  salvage: (accountId) => unwrap(commands.salvage(accountId)),
  queue: (request) => unwrap(commands.queue(request)),
  review: (reviewId) => unwrap(commands.review(reviewId)),
  decide: (request) => unwrap(commands.decide(request)),
  outbox: () => unwrap(commands.outbox()),
  withdraw: (opId) => unwrap(commands.withdraw(opId)),
  retry: (opId) => unwrap(commands.retry(opId)),
  markApplied: (opId, reason) => unwrap(commands.markApplied(opId, reason)),
  markNotApplied: (opId, reason) => unwrap(commands.markNotApplied(opId, reason)),
  exportEntry: (opId) => unwrap(commands.exportEntry(opId)),
  conflict: (opId) => unwrap(commands.conflict(opId)),
  rehearse: (opIds) => unwrap(commands.rehearse(opIds)),
  takeSize: (request) => unwrap(commands.takeSize(request)),
  takeAlong: async (request) => void (await unwrap(commands.takeAlong(request))),
  stopTaking: async () => void (await unwrap(commands.stopTaking())),
  settings: () => unwrap(commands.settings()),
  changeSettings: (request) => unwrap(commands.changeSettings(request)),
  contacts: (request) => unwrap(commands.contacts(request)),
  history: (request) => unwrap(commands.history(request)),
  separation: (contactId) => unwrap(commands.separation(contactId)),
  separationOfEntry: (opId) => unwrap(commands.separationOfEntry(opId)),
  separationEdit: (contactId, edits) => unwrap(commands.separationEdit(contactId, edits)),
  separationUndo: (contactId) => unwrap(commands.separationUndo(contactId)),
  separationRedo: (contactId) => unwrap(commands.separationRedo(contactId)),
  separationDiscard: async (contactId) => void (await unwrap(commands.separationDiscard(contactId))),
  separationMessages: (contactId, conversationId, from, count) =>
    unwrap(commands.separationMessages(contactId, conversationId, from, count)),
  separationFind: (contactId, conversationId, text) =>
    unwrap(commands.separationFind(contactId, conversationId, text)),
  separationSuggestions: (contactId) => unwrap(commands.separationSuggestions(contactId)),
  separationCuts: (contactId, conversationId) => unwrap(commands.separationCuts(contactId, conversationId)),
  separate: (request) => unwrap(commands.separate(request)),
  syncNow: async () => void (await unwrap(commands.syncNow())),
};
