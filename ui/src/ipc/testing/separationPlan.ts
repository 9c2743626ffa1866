import type {
  ChildCard,
  ChildPlace,
  ChildPlaceView,
  CutView,
  HalfView,
  SeparationEdit,
  SeparationProblem,
  SeparationSide,
  SeparationState,
  SplitLine,
  SplitValue,
} from '../bindings';
import { canShare, FIELDS, type Field, messageOf } from './separationWorld';

interface Cut {
  index: number;
  before: SeparationSide;
  assignees: string[] | null;
  status: string | null;
}

/** A plan of the made-up application: never changed, only replaced. */
export interface Plan {
  texts: Record<string, Record<SeparationSide, string>>;
  places: ReadonlyMap<string, ChildPlace>;
  cuts: ReadonlyMap<string, Cut>;
}

const keyOf = (child: { kind: string; id: string }): string => `${child.kind}:${child.id}`;

export function emptyPlan(cards: ChildCard[]): Plan {
  const texts = FIELDS.map(({ path, now }) => [path, { original: now ?? '', new: '' }] as const);
  return {
    texts: Object.fromEntries(texts),
    places: new Map(cards.map((card) => [keyOf(card), 'undecided'])),
    cuts: new Map(),
  };
}

export function withEdit(plan: Plan, cards: ChildCard[], edit: SeparationEdit): Plan {
  const texts = { ...plan.texts };
  const places = new Map(plan.places);
  const cuts = new Map(plan.cuts);
  const text = (path: string, change: Partial<Record<SeparationSide, string>>): void => {
    texts[path] = { original: '', new: '', ...texts[path], ...change };
  };
  const now = (path: string): string => FIELDS.find((each) => each.path === path)?.now ?? '';
  const move = (id: string, change: Partial<Cut>): void => {
    const total = cards.find((card) => card.id === id)?.messages ?? 0;
    const cut = { index: 1, before: 'original', assignees: null, status: null, ...cuts.get(id), ...change };
    cuts.set(id, { ...cut, index: Math.min(total - 1, Math.max(1, cut.index)) } as Cut);
    places.set(`conversation:${id}`, 'cut');
  };
  if (edit.edit === 'set') text(edit.path, { [edit.side]: edit.text });
  if (edit.edit === 'give') text(edit.path, { original: '', new: '', [edit.to]: now(edit.path) });
  if (edit.edit === 'share') text(edit.path, { original: now(edit.path), new: now(edit.path) });
  if (edit.edit === 'divide')
    move(edit.conversationId, {
      index: Number(edit.messageId.split('-m').at(-1)),
      before: edit.before,
    });
  if (edit.edit === 'moveDivider')
    move(edit.conversationId, { index: (cuts.get(edit.conversationId)?.index ?? 0) + edit.by });
  if (edit.edit === 'describe') move(edit.conversationId, { assignees: edit.assignees, status: edit.status });
  if (edit.edit === 'undivide') {
    cuts.delete(edit.conversationId);
    places.set(`conversation:${edit.conversationId}`, 'undecided');
  }
  if (edit.edit === 'assign') {
    for (const child of edit.children) {
      places.set(keyOf(child), edit.to);
      cuts.delete(child.id);
    }
  }
  return { texts, places, cuts };
}

function problemsOf(plan: Plan, path: string, side: SeparationSide): SeparationProblem[] {
  const mine = plan.texts[path]?.[side] ?? '';
  const say = (message: string) => [{ message, blocking: true, path, side, child: null }];
  if (path === 'email' && mine !== '' && !/^\S+@\S+\.\S+$/.test(mine))
    return say('This is no e-mail address.');
  if (path !== 'phoneNumber' || mine === '') return [];
  if (mine.replace(/\D/g, '').length < 10) return say('This is no complete phone number.');
  const { original, new: other } = plan.texts.phoneNumber ?? {};
  return side === 'new' && original === other ? say('The original contact has this number too.') : [];
}

function lineOf(plan: Plan, { path, label, kind, now, options }: Field): SplitLine {
  const value = (side: SeparationSide): SplitValue => {
    const text = plan.texts[path]?.[side] ?? '';
    const shown = path === 'phoneNumber' ? text.replace(/^(\d{3})(\d{3})(\d{4})$/, '+1 $1 $2 $3') : text;
    const serverDecides = kind === 'whole' && text === '' && side === 'new';
    return { text, shown, serverDecides, problems: problemsOf(plan, path, side) };
  };
  const both = canShare(kind);
  const lists = { options: options.new };
  return {
    path,
    label,
    kind,
    now,
    original: value('original'),
    new: value('new'),
    both,
    editable: both,
    ...lists,
  };
}

function cutOf(id: string, total: number, { index, before, assignees, status }: Cut): CutView {
  const half = (from: number, to: number): HalfView => {
    const [first, last] = [messageOf(id, from, total), messageOf(id, to - 1, total)];
    return { count: to - from, firstAt: first.at, first: first.text, lastAt: last.at, last: last.text };
  };
  const [early, late] = [half(0, index), half(index, total)];
  const [original, other] = before === 'original' ? [early, late] : [late, early];
  const messageId = `${id}-m${index}`;
  return {
    conversationId: id,
    messageId,
    index,
    before,
    original,
    new: other,
    madeFor: 'new',
    assignees,
    status,
  };
}

export interface Steps {
  revision: number;
  canUndo: boolean;
  canRedo: boolean;
}

/** What the window is told of a plan; with `before`, only the places that moved since. */
export function stateOf(plan: Plan, cards: ChildCard[], steps: Steps, before?: Plan): SeparationState {
  const places = cards.flatMap(({ kind, id }): ChildPlaceView[] => {
    const place = plan.places.get(`${kind}:${id}`) ?? 'undecided';
    return before?.places.get(`${kind}:${id}`) === place ? [] : [{ kind, id, place }];
  });
  const all = [...plan.places.values()];
  const undecided = all.filter((place) => place === 'undecided').length;
  const lines = FIELDS.map((each) => lineOf(plan, each));
  const names = lines.filter((line) => line.kind === 'name');
  const wrong = lines.flatMap((line) => [...line.original.problems, ...line.new.problems]);
  const nameless = names.every((line) => line.new.text.trim() === '');
  const phone = lines.find((line) => line.path === 'phoneNumber')?.new.text ?? '';
  const blocked =
    undecided > 0
      ? `${undecided} records are undecided.`
      : (wrong[0]?.message ?? (nameless ? 'The new contact has no name.' : null));
  const moved = all.filter((place) => place === 'new').length;
  return {
    ...steps,
    lines,
    places,
    cuts: [...plan.cuts].map(([id, cut]) =>
      cutOf(id, cards.find((card) => card.id === id)?.messages ?? 0, cut),
    ),
    undecided,
    summary: [
      { name: 'conversationsMoved', label: 'Conversations moved', count: moved },
      { name: 'conversationsSplit', label: 'Conversations cut', count: plan.cuts.size },
    ],
    guarded: phone !== '',
    guard: phone
      ? 'Guarded: the server will refuse a second copy, because the new phone is taken then.'
      : 'Not guarded: the server would carry this out twice. Cleave sends it once only.',
    unslotted: [
      { label: 'Second phone', text: '+1 647 555 0142', staysWith: 'original' },
      { label: 'City', text: 'Toronto', staysWith: 'original' },
    ],
    problems: nameless
      ? [{ message: 'The new contact has no name.', blocking: true, path: null, side: 'new', child: null }]
      : [],
    blocked,
  };
}
