import { type KeyBindingPress, matchKeyBindingPress, parseKeybinding } from 'tinykeys';
import { COMMANDS, type Command, type CommandId } from './commands';

/** What a mounted component does for a command. */
export interface Handler {
  run: () => void;
  /** Why it cannot be done now, in words; nothing if it can. */
  off?: string | undefined;
  /** How many sheets lie below the component. */
  layer: number;
}

/** How long the second press of a sequence may take, in milliseconds. */
const SEQUENCE = 1000;

const bindings = COMMANDS.flatMap((each: Command) =>
  each.keys.map((keys) => ({ command: each, presses: parseKeybinding(keys) })),
);

const TEXT = 'input:not([type=checkbox]):not([type=radio]), textarea, [contenteditable=true]';
const ACTS_ON_ENTER = 'button, a[href], summary, [role=menuitem], [role=tab]';

/** What keeps Enter to itself, although nothing comes of it. */
const KEEPS_ENTER = `${ACTS_ON_ENTER}, input[type=radio], input[type=checkbox]`;

/** Who answers to which command now, and which keys call it. */
export function createRegistry() {
  const handlers = new Map<CommandId, Handler[]>();
  const listeners = new Set<() => void>();
  let top = 0;
  let version = 0;
  let first: { press: KeyboardEvent; at: number } | undefined;

  const changed = () => {
    version += 1;
    for (const listener of listeners) listener();
  };

  /** The handler that would run: the newest on the topmost layer. */
  const find = (id: CommandId): Handler | undefined =>
    handlers
      .get(id)
      ?.filter((handler) => handler.layer === top)
      .at(-1);

  /** Commands that something on this layer answers to, with the reason where it cannot now. */
  const offered = (layer: number): { command: Command; off?: string | undefined }[] =>
    COMMANDS.flatMap((each: Command) => {
      const handler = handlers
        .get(each.id)
        ?.filter((one) => one.layer === layer)
        .at(-1);
      return handler ? [{ command: each, off: handler.off }] : [];
    });

  const run = (id: CommandId): boolean => {
    const handler = find(id);
    if (!handler || handler.off !== undefined) return false;
    handler.run();
    return true;
  };

  const matches = (event: KeyboardEvent, presses: KeyBindingPress[]): boolean => {
    const [one, two] = presses;
    if (!one) return false;
    if (!two) return matchKeyBindingPress(event, one);
    return first !== undefined && matchKeyBindingPress(first.press, one) && matchKeyBindingPress(event, two);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    if (['Shift', 'Control', 'Alt', 'Meta', 'AltGraph'].includes(event.key)) return;
    const target = event.target instanceof Element ? event.target : null;
    const typing = target?.closest(TEXT) != null;
    const pressing =
      event.key === 'Enter' && !event.ctrlKey && !event.metaKey && target?.closest(ACTS_ON_ENTER) != null;
    if (first && event.timeStamp - first.at > SEQUENCE) first = undefined;

    // While a sequence is open only sequences count: after `g`, `s` must not keep two people separate.
    const open = first !== undefined;
    const hits = bindings.filter(
      ({ command, presses }) =>
        presses.length > 1 === open &&
        (!typing || command.inText) &&
        !pressing &&
        (!event.repeat || command.repeats) &&
        matches(event, presses),
    );
    first = undefined;
    if (hits.length > 0) {
      // Screens share keys: the command counts that something on this layer answers to, even if only with a reason.
      const hit = hits.find(({ command }) => find(command.id));
      if (hit && run(hit.command.id)) event.preventDefault();
      return;
    }
    const begins = ({ presses }: { presses: KeyBindingPress[] }) =>
      presses.length > 1 && presses[0] !== undefined && matchKeyBindingPress(event, presses[0]);
    if (!typing && bindings.some(begins)) first = { press: event, at: event.timeStamp };
  };

  /** A focused control takes every Enter for its own; that with Mod is the window's, and must not press it. */
  const beforeControls = (event: KeyboardEvent): void => {
    const target = event.target instanceof Element ? event.target : null;
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || !target?.closest(KEEPS_ENTER)) return;
    onKeyDown(event);
    event.preventDefault();
    event.stopPropagation();
  };

  return {
    find,
    offered,
    run,
    onKeyDown,
    beforeControls,
    /** Adds a handler; the answer takes it away again. */
    add(id: CommandId, handler: Handler): () => void {
      handlers.set(id, [...(handlers.get(id) ?? []), handler]);
      changed();
      return () => {
        handlers.set(id, handlers.get(id)?.filter((each) => each !== handler) ?? []);
        changed();
      };
    },
    /** Opens a layer: until it is closed, only handlers on it answer. */
    openLayer(): () => void {
      top += 1;
      changed();
      return () => {
        top -= 1;
        changed();
      };
    },
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Rises with every change. */
    version: () => version,
  };
}

/** The window's own. */
export const registry = createRegistry();
