import type { ChildCard, ChildKind, LineKind, MessageView, SplitOption, SuggestionView } from '../bindings';

const DAY = 86_400_000;
/** When the made-up contact's last message came. */
const END = Date.parse('2026-11-18T15:20:00Z');

const daysBefore = (days: number): string => new Date(END - days * DAY).toISOString();

/** A field of the made-up contact. */
export interface Field {
  path: string;
  label: string;
  kind: LineKind;
  now: string | null;
  options: { original: SplitOption[]; new: SplitOption[] };
}

const option = (text: string, from: string): SplitOption => ({ text, shown: text, from });

const field = (
  path: string,
  label: string,
  kind: LineKind,
  now: string | null,
  options: SplitOption[] = [],
): Field => ({ path, label, kind, now, options: { original: options, new: options } });

export const FIELDS: Field[] = [
  field('firstName', 'First name', 'name', 'Jane', [option('Janet', 'greeted by this name')]),
  field('lastName', 'Last name', 'name', 'Doe'),
  field('email', 'E-mail', 'value', 'jane.doe@example.com', [
    option('janet.d@example.org', 'address of an application'),
  ]),
  field('phoneNumber', 'Phone', 'value', '+1 416 555 0100', [
    option('+1 416 555 0199', 'number of a thread'),
    option('+1 647 555 0142', 'further number'),
  ]),
  field('dateOfBirth', 'Date of birth', 'value', '1988-03-14'),
  field('status', 'Status', 'whole', 'Contacted'),
  field('pipelineId', 'Pipeline', 'whole', 'Warehouse 2026'),
  field('pipelineStage', 'Stage', 'whole', 'Interview'),
  field('assignees', 'Assignees', 'whole', 'Sam Reyes, Alex Kim'),
  field('misc.referred_by', 'Referred by', 'misc', 'a friend'),
  field('misc.shift', 'Shift', 'misc', 'nights'),
  field('documents.doc-1', 'Résumé Jane Doe.pdf', 'document', 'Résumé Jane Doe.pdf'),
  field('documents.doc-2', 'ID card.jpg', 'document', 'ID card.jpg'),
];

/** Kinds that may have a value on both sides. */
export const canShare = (kind: LineKind): boolean => kind === 'name' || kind === 'value' || kind === 'misc';

type Row = [ChildKind, string, string, string | null, number | null, number];

const ROWS: Row[] = [
  ['conversation', 'SMS +1 416 555 0100', '“ok, see you then”', 'sms', 212, 0],
  ['conversation', 'SMS +1 416 555 0199', '“Hi, this is Janet, I have this number now”', 'sms', 41, 4],
  ['conversation', 'WhatsApp +1 416 555 0199', '“Danke, bis morgen!”', 'whatsapp', 12, 40],
  ['conversation', 'E-mail jane.doe@example.com', '“Re: your application”', 'email', 6, 12],
  ['conversation', 'E-mail janet.d@example.org', '“Documents attached”', 'email', 2, 90],
  ['application', 'Warehouse associate', 'Interview · jane.doe@example.com', null, null, 20],
  ['application', 'Night shift picker', 'New · janet.d@example.org', null, null, 95],
  ['note', 'Spoke with Janet, prefers to be called in the evening', 'Sam Reyes', null, null, 9],
  ['note', 'Call back at five, prefers Thursdays', 'Alex Kim', null, null, 61],
  ['note', 'No answer', 'Sam Reyes', null, null, 150],
  ['reminder', 'Ask for the second reference', 'due 21 November', null, null, 2],
  ['trainingSnapshot', 'Forklift basics', '82 %', null, null, 200],
];

/** So many child records; beyond the told ones they are more of the same. */
export function cardsOf(count: number, messages: number | undefined): ChildCard[] {
  const cards = Array.from({ length: count }, (_, i): ChildCard => {
    const [kind, title, detail, channel, length, age] = ROWS[i % ROWS.length] ?? (ROWS[0] as Row);
    const again = Math.floor(i / ROWS.length);
    return {
      kind,
      id: `${kind.slice(0, 2)}-${i}`,
      title: again ? `${title} · ${again + 1}` : title,
      detail,
      channel,
      messages: i === 0 && messages !== undefined ? messages : length,
      readable: kind === 'conversation',
      at: daysBefore(age + again * 3),
    };
  });
  const order: ChildKind[] = ['conversation', 'application', 'note', 'reminder', 'trainingSnapshot'];
  return cards.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

/** What would be proposed for them. */
export function suggestionsOf(cards: ChildCard[]): SuggestionView[] {
  return cards.flatMap(({ kind, id, title, detail }): SuggestionView[] => {
    const janet = /0199|janet\.d|Janet/.test(`${title} ${detail}`);
    const jane = /0100|jane\.doe/.test(`${title} ${detail}`);
    if (!janet && !jane) return [];
    const side = janet ? 'new' : 'original';
    const quote = /Janet/.test(detail) ? 'Hi, this is Janet' : title;
    const evidence = [
      { label: janet ? 'named in the text' : 'number of the thread', quote, side, messageId: null } as const,
      { label: 'overlaps in time', quote: '', side: janet ? 'original' : 'new', messageId: null } as const,
    ];
    return [{ kind, id, side, percent: janet ? 94 : 71, evidence }];
  });
}

const JANE = [
  'ok thanks',
  'see you on Thursday then',
  'Running ten minutes late, sorry',
  'Is the shift still open?',
];
const JANET = [
  'Hi, this is Janet, I have this number now',
  'I never applied for the day shift, I think you mean the woman who had this number before me. Could you please take me off the list for interviews, and write to me about nights only?',
  'Yes, nights are fine',
  'Danke, bis morgen!',
];
const OURS = [
  'Hi Jane, are you free on Thursday?',
  'Great, see you at the gate',
  'Thank you for the documents',
];

/** Where the second person begins in a shared thread. */
export const turnOf = (total: number): number => Math.floor((total * 131) / 212);

/** Message number `i` of a conversation of `total`. */
export function messageOf(conversationId: string, i: number, total: number): MessageView {
  const turn = turnOf(total);
  const ours = i % 3 === 1;
  const pool = ours ? OURS : i >= turn ? JANET : JANE;
  const text = i === turn ? JANET[0] : pool[(i * 7) % pool.length];
  // Every few messages another day, and a long silence before the turn.
  const days = Math.floor((total - i) / 5) + (i < turn ? 128 : 0);
  return {
    id: `${conversationId}-m${i}`,
    at: new Date(END - days * DAY + (i % 5) * 420_000).toISOString(),
    inbound: !ours,
    text: text ?? '',
  };
}
