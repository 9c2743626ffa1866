import type { Backend } from '../backend';
import type { Changes, OutboxEntry, SeparationState, SeparationView } from '../bindings';
import { Refusal } from '../refusal';
import type { Answer } from './fake';
import { fresh } from './frame';
import { emptyPlan, type Plan, stateOf, withEdit } from './separationPlan';
import { cardsOf, messageOf, suggestionsOf, turnOf } from './separationWorld';

export interface SeparationOptions {
  /** How many child records the contact has. */
  children?: number;
  /** How many messages its first conversation has. */
  messages?: number;
}

interface World extends SeparationOptions {
  answer: Answer;
  /** Saves the decision and says what changed by it. */
  save: (entry: OutboxEntry) => Changes;
}

const CALLS = [
  'separation',
  'separationOfEntry',
  'separationEdit',
  'separationUndo',
  'separationRedo',
  'separationDiscard',
  'separationMessages',
  'separationFind',
  'separationSuggestions',
  'separationCuts',
  'separate',
] as const;

/** The made-up application's part about separations: one contact, Jane Doe, who is also Janet. */
export function separations({ answer, save, children = 12, messages }: World) {
  let cards = cardsOf(children, messages);
  let plan = emptyPlan(cards);
  let past: Plan[] = [];
  let future: Plan[] = [];
  let revision = 1;
  let drift: SeparationView['drift'] = [];

  const state = (before?: Plan): SeparationState =>
    stateOf(plan, cards, { revision, canUndo: past.length > 0, canRedo: future.length > 0 }, before);
  const become = (next: Plan): SeparationState => {
    const before = plan;
    plan = next;
    revision += 1;
    return state(before);
  };
  const view = (contactId: string): SeparationView => ({
    contactId,
    name: 'Jane Doe',
    readAt: new Date(Date.now() - 90_000).toISOString(),
    cards,
    protection: null,
    drift,
    resumed: past.length > 0,
    entry: null,
    users: ['Sam Reyes', 'Alex Kim', 'Robin Admin'].map((label, i) => ({ id: `user-${i}`, label })),
    statuses: ['open', 'waiting', 'closed'],
    state: state(),
  });
  const step = (from: Plan[], to: Plan[]): SeparationState => {
    const next = from.pop();
    if (!next) return state(plan);
    to.push(plan);
    return become(next);
  };
  const total = (id: string): number => cards.find((card) => card.id === id)?.messages ?? 0;
  const cutsOf = (id: string) => {
    const turn = turnOf(total(id));
    const at = (index: number, percent: number, label: string) => {
      const message = messageOf(id, index, total(id));
      const evidence = [{ label, quote: message.text, side: 'new' as const, messageId: message.id }];
      const where = { conversationId: id, messageId: message.id, index, at: message.at };
      return { ...where, before: 'original' as const, percent, evidence };
    };
    return [
      at(turn, 92, '128 days of silence, a new name'),
      at(turn + 20, 31, 'change of hours'),
      at(9, 12, 'pause'),
    ];
  };

  const backend: Pick<Backend, (typeof CALLS)[number]> = {
    separation: (contactId) =>
      answer('separation', contactId, () => {
        const opened = view(contactId);
        drift = [];
        return opened;
      }),
    separationOfEntry: (opId) => answer('separationOfEntry', opId, () => view('contact-1')),
    separationEdit: (contactId, edits) =>
      answer('separationEdit', [contactId, edits], () => {
        past.push(plan);
        future = [];
        return become(edits.reduce((before, edit) => withEdit(before, cards, edit), plan));
      }),
    separationUndo: (contactId) => answer('separationUndo', contactId, () => step(past, future)),
    separationRedo: (contactId) => answer('separationRedo', contactId, () => step(future, past)),
    separationDiscard: (contactId) =>
      answer('separationDiscard', contactId, () => {
        plan = emptyPlan(cards);
        past = [];
        future = [];
      }),
    separationMessages: (contactId, id, from, count) =>
      answer('separationMessages', [contactId, id, from, count], () => {
        const length = Math.max(0, Math.min(count, total(id) - from));
        const page = Array.from({ length }, (_, i) => messageOf(id, from + i, total(id)));
        return { total: total(id), from, messages: page };
      }),
    separationFind: (contactId, id, text) =>
      answer('separationFind', [contactId, id, text], () =>
        Array.from({ length: total(id) }, (_, i) => i).filter((i) =>
          messageOf(id, i, total(id)).text.toLowerCase().includes(text.toLowerCase()),
        ),
      ),
    separationSuggestions: (contactId) =>
      answer('separationSuggestions', contactId, () => ({
        children: suggestionsOf(cards),
        cuts: cards[0] ? cutsOf(cards[0].id) : [],
        guess: plan.texts.firstName?.new
          ? null
          : {
              firstName: 'Janet',
              lastName: 'Doe',
              phone: '+1 416 555 0199',
              email: null,
              percent: 88,
              evidence: [
                { label: 'says her name', quote: 'Hi, this is Janet', side: 'new' as const, messageId: null },
              ],
            },
      })),
    separationCuts: (contactId, id) => answer('separationCuts', [contactId, id], () => cutsOf(id)),
    separate: (request) =>
      answer('separate', request, () => {
        const { blocked } = state();
        if (blocked) throw new Refusal({ code: 'invalid', message: blocked, hint: null, field: null });
        const sheet = {
          title: 'Jane Doe and Janet Doe',
          happens: ['Jane Doe keeps 5 records.', 'Janet Doe is made, with 7 records.'],
          irrevocable: ['The new contact stays: nothing in the API takes a separation back but a merge.'],
          warnings: ['Second phone and city stay with Jane Doe.'],
        };
        if (request.dryRun) return { sheet, entry: null, changes: null };
        const entry = separated(request.opId, request.contactId);
        return { sheet, entry, changes: save(entry) };
      }),
  };
  return {
    backend,
    /** Lets the server have one more record, as after a reading: it is undecided. */
    appear(): void {
      const [first] = cardsOf(1, 3);
      if (!first) return;
      const card = { ...first, id: `co-new${cards.length}`, title: 'SMS +1 905 555 0107' };
      cards = [card, ...cards];
      plan = { ...plan, places: new Map([...plan.places, [`conversation:${card.id}`, 'undecided']]) };
      revision += 1;
      const child = { kind: card.kind, id: card.id };
      drift = [{ message: `${card.title} has appeared.`, child, path: null }];
    },
  };
}

function separated(opId: string, contactId: string): OutboxEntry {
  const what = { opId, kind: 'separate', subject: contactId, title: 'Jane Doe and Janet Doe' };
  return { ...fresh(what, 8000), canEdit: true };
}
