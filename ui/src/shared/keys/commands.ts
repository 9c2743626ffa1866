/** Groups of the command sheet, in its order. */
export const GROUPS = ['move', 'pick', 'decide', 'outbox', 'separate', 'go', 'window'] as const;

export type Group = (typeof GROUPS)[number];

interface Definition {
  id: string;
  group: Group;
  /** In the notation of tinykeys; a space parts the presses of a sequence. None: only in the palette. */
  keys: readonly string[];
  /** Works while typing as well. */
  inText?: boolean;
  /** Goes on while the key is held. */
  repeats?: boolean;
  /** Not offered in the palette, where it has no meaning. */
  keyOnly?: boolean;
}

/**
 * Every command of the window with its keys: the one list that feeds the keys, the palette, the tooltips and the
 * command sheet. Titles are in the locale under `command.<id>`.
 *
 * Nothing that leaves the machine hangs on a bare key: `merge` and `keepSeparate` open a sheet, `commit` confirms it.
 */
export const COMMANDS = [
  { id: 'next', group: 'move', keys: ['j', 'ArrowDown'], repeats: true, keyOnly: true },
  { id: 'previous', group: 'move', keys: ['k', 'ArrowUp'], repeats: true, keyOnly: true },
  { id: 'pageDown', group: 'move', keys: ['PageDown'], repeats: true, keyOnly: true },
  { id: 'pageUp', group: 'move', keys: ['PageUp'], repeats: true, keyOnly: true },
  { id: 'first', group: 'move', keys: ['Home'], keyOnly: true },
  { id: 'last', group: 'move', keys: ['End'], keyOnly: true },
  { id: 'open', group: 'move', keys: ['Enter', 'o'], keyOnly: true },
  { id: 'back', group: 'move', keys: ['u'] },
  { id: 'nextField', group: 'move', keys: [']'], repeats: true, keyOnly: true },
  { id: 'previousField', group: 'move', keys: ['['], repeats: true, keyOnly: true },
  { id: 'takeSource', group: 'pick', keys: ['Digit1'], keyOnly: true },
  { id: 'takeCandidate', group: 'pick', keys: ['Digit2'], keyOnly: true },
  { id: 'allSource', group: 'pick', keys: ['Shift+Digit1'] },
  { id: 'allCandidate', group: 'pick', keys: ['Shift+Digit2'] },
  { id: 'defaults', group: 'pick', keys: ['Digit0'] },
  { id: 'keepSeparate', group: 'decide', keys: ['s'] },
  { id: 'merge', group: 'decide', keys: ['m'] },
  { id: 'separateOne', group: 'decide', keys: ['t'] },
  { id: 'separateSource', group: 'decide', keys: [] },
  { id: 'separateCandidate', group: 'decide', keys: [] },
  { id: 'skip', group: 'decide', keys: ['e'] },
  { id: 'commit', group: 'decide', keys: ['$mod+Enter'], inText: true, keyOnly: true },
  { id: 'saveSettings', group: 'decide', keys: [] },
  { id: 'undo', group: 'decide', keys: ['z', '$mod+z'] },
  { id: 'nextNeedsYou', group: 'outbox', keys: ['n'] },
  { id: 'selectEntry', group: 'outbox', keys: ['x'], keyOnly: true },
  { id: 'compareEntry', group: 'outbox', keys: ['v'] },
  { id: 'changeEntry', group: 'outbox', keys: ['c'] },
  { id: 'withdrawEntry', group: 'outbox', keys: ['w'] },
  { id: 'sendEntry', group: 'outbox', keys: [] },
  { id: 'sayDone', group: 'outbox', keys: [] },
  { id: 'sayNotDone', group: 'outbox', keys: [] },
  { id: 'exportEntry', group: 'outbox', keys: [] },
  { id: 'rehearse', group: 'outbox', keys: ['r'] },
  { id: 'toOriginal', group: 'separate', keys: ['Digit1'], keyOnly: true },
  { id: 'toNew', group: 'separate', keys: ['Digit2'], keyOnly: true },
  { id: 'toBoth', group: 'separate', keys: ['Digit3'], keyOnly: true },
  { id: 'toUndecided', group: 'separate', keys: ['Digit0'], keyOnly: true },
  { id: 'otherSide', group: 'separate', keys: ['$mod+Shift+m'] },
  // Answered by the cards themselves: elsewhere Space presses what has the focus.
  { id: 'lift', group: 'separate', keys: ['Space'], keyOnly: true },
  { id: 'select', group: 'separate', keys: ['x'], keyOnly: true },
  { id: 'selectAll', group: 'separate', keys: ['$mod+a'] },
  { id: 'divideHere', group: 'separate', keys: ['d'] },
  { id: 'dividerUp', group: 'separate', keys: ['Alt+ArrowUp'], repeats: true, keyOnly: true },
  { id: 'dividerDown', group: 'separate', keys: ['Alt+ArrowDown'], repeats: true, keyOnly: true },
  { id: 'dividerPageUp', group: 'separate', keys: ['Alt+PageUp'], repeats: true, keyOnly: true },
  { id: 'dividerPageDown', group: 'separate', keys: ['Alt+PageDown'], repeats: true, keyOnly: true },
  { id: 'undoEdit', group: 'separate', keys: ['z', '$mod+z'] },
  { id: 'redoEdit', group: 'separate', keys: ['$mod+Shift+z'] },
  { id: 'previewSeparation', group: 'separate', keys: ['$mod+Enter'], inText: true },
  { id: 'goQueue', group: 'go', keys: ['g q'] },
  { id: 'goContacts', group: 'go', keys: ['g c'] },
  { id: 'goOutbox', group: 'go', keys: ['g o'] },
  { id: 'goHistory', group: 'go', keys: ['g h'] },
  { id: 'goSettings', group: 'go', keys: ['g s'] },
  { id: 'search', group: 'go', keys: ['/'] },
  { id: 'palette', group: 'window', keys: ['$mod+k'], inText: true, keyOnly: true },
  { id: 'sheet', group: 'window', keys: ['Shift+?'] },
  { id: 'escape', group: 'window', keys: ['Escape'], inText: true, keyOnly: true },
  { id: 'textLarger', group: 'window', keys: ['$mod+=', '$mod+Shift++'], inText: true },
  { id: 'textSmaller', group: 'window', keys: ['$mod+-'], inText: true },
  { id: 'textNormal', group: 'window', keys: ['$mod+0'], inText: true },
  { id: 'syncNow', group: 'window', keys: [] },
  { id: 'syncPanel', group: 'window', keys: [] },
  { id: 'takeAlong', group: 'window', keys: [] },
  { id: 'themeSystem', group: 'window', keys: [] },
  { id: 'themeLight', group: 'window', keys: [] },
  { id: 'themeDark', group: 'window', keys: [] },
  { id: 'density', group: 'window', keys: [] },
  { id: 'supports', group: 'window', keys: [] },
  { id: 'addAccount', group: 'window', keys: [] },
] as const satisfies readonly Definition[];

export type CommandId = (typeof COMMANDS)[number]['id'];

export type Command = Definition & { id: CommandId };

/** A command by its id. */
export function command(id: CommandId): Command {
  const found: Command | undefined = COMMANDS.find((each) => each.id === id);
  if (!found) throw new Error(`no command ${id}`);
  return found;
}
