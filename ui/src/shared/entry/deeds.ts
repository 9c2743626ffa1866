import type { TFunction } from 'i18next';
import type { OutboxEntry } from '../../ipc/bindings';
import { canUndo, isSettled } from '../entryWords';
import type { CommandId } from '../keys/commands';
import { isAboutReview } from './useOpenEntry';

/** What can be done about a decision of the outbox. */
export type Deed = 'compare' | 'edit' | 'send' | 'wasDone' | 'wasNotDone' | 'withdraw' | 'open' | 'export';

/** What is done; by a key, giving a decision up asks first. */
export type Act = (entry: OutboxEntry, deed: Deed | 'giveUp') => void;

/** The command that does it to the decision the keys are on. */
export const COMMAND_OF: Record<Exclude<Deed, 'open'>, CommandId> = {
  compare: 'compareEntry',
  edit: 'changeEntry',
  send: 'sendEntry',
  wasDone: 'sayDone',
  wasNotDone: 'sayNotDone',
  withdraw: 'withdrawEntry',
  export: 'exportEntry',
};

/** Something that is offered, with the reason where it cannot be done now. */
export interface Offer {
  deed: Deed;
  label: string;
  off?: string | undefined;
}

/** Why it cannot be sent now, though it waits to be; nothing where nothing holds it but its turn. */
function sendOff(t: TFunction, { hold, waitsFor }: OutboxEntry): string | undefined {
  if (hold === 'dependency') {
    const [first] = waitsFor;
    return first ? t('outbox.off.dependency', { title: first.title }) : t('outbox.off.dependencyPlain');
  }
  if (hold === 'auth') return t('outbox.off.auth');
  return hold === 'wrong_account' ? t('outbox.off.wrongAccount') : undefined;
}

function sendLabel(t: TFunction, entry: OutboxEntry): string {
  if (entry.attempts === 0) return t('outbox.sendNow');
  return t(entry.mayDouble ? 'outbox.sendAgainAsk' : 'outbox.sendAgain');
}

/** What can be done about it where it stands; with `readOnly`, nothing that would have to be saved. */
export function offersOf(t: TFunction, entry: OutboxEntry, readOnly: string | null): Offer[] {
  const saving = readOnly ?? undefined;
  const offers: Offer[] = [];
  const add = (deed: Deed, label: string, off?: string) => offers.push({ deed, label, off });
  if (entry.canCompare) add('compare', t('outbox.compare'));
  if (entry.canEdit) add('edit', t('outbox.edit'), saving);
  if (entry.canRetry) add('send', sendLabel(t, entry), saving);
  else if (entry.state === 'queued') {
    const off = sendOff(t, entry);
    if (off !== undefined) add('send', t('outbox.sendNow'), off);
  }
  if (entry.canMarkApplied) add('wasDone', t('outbox.wasDone'), saving);
  if (entry.canMarkNotApplied) add('wasNotDone', t('outbox.wasNotDone'), saving);
  if (entry.canWithdraw) add('withdraw', t(canUndo(entry) ? 'undo.label' : 'undo.dismiss'), saving);
  else if (!isSettled(entry)) {
    const off = t(entry.state === 'uncertain' ? 'outbox.off.uncertain' : 'outbox.off.onItsWay');
    add('withdraw', t('undo.label'), off);
  }
  if (isAboutReview(entry)) add('open', t('outbox.open'));
  return offers;
}
