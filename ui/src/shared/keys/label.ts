import { type CommandId, command } from './commands';

const mac = /Mac|iP(hone|ad)/.test(globalThis.navigator?.platform ?? '');

const NAMES: Record<string, string> = {
  $mod: mac ? '⌘' : 'Ctrl',
  Shift: mac ? '⇧' : 'Shift',
  Enter: mac ? '↩' : 'Enter',
  ArrowDown: '↓',
  ArrowUp: '↑',
  Escape: 'Esc',
};

/** The presses of a binding as people read them: `[["Ctrl", "Enter"]]`, `[["g"], ["q"]]`. */
export function keyCaps(binding: string): string[][] {
  return binding.split(' ').map((press) => {
    // "?" is only typed with Shift: showing both would say it twice.
    if (press === 'Shift+?') return ['?'];
    if (press === '$mod+Shift++') return [NAMES.$mod ?? '', '+'];
    return press.split(/\b\+/).map((part) => NAMES[part] ?? part.replace(/^Digit/, ''));
  });
}

/** The first binding of a command in one line, such as "Ctrl Enter"; empty where it has no key. */
export function keyLabel(id: CommandId): string {
  const [binding] = command(id).keys;
  return binding
    ? keyCaps(binding)
        .map((caps) => caps.join(mac ? '' : '+'))
        .join(' ')
    : '';
}
