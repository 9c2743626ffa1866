import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { COMMANDS, type Command } from './commands';
import { keyCaps } from './label';
import { createRegistry } from './registry';

let registry = createRegistry();

beforeEach(() => {
  registry = createRegistry();
  document.body.innerHTML =
    '<input id="text"><button id="button"></button><div id="plain" tabindex="0"></div>';
  window.addEventListener('keydown', registry.onKeyDown);
});

afterEach(() => window.removeEventListener('keydown', registry.onKeyDown));

function press(key: string, init: KeyboardEventInit = {}, on = 'plain'): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init });
  document.getElementById(on)?.dispatchEvent(event);
  return event;
}

test('a key runs its command and is used up', () => {
  const run = vi.fn();
  registry.add('merge', { run, layer: 0 });
  expect(press('m').defaultPrevented).toBe(true);
  expect(press('x').defaultPrevented).toBe(false);
  expect(run).toHaveBeenCalledTimes(1);
});

test('keys are off while typing, except those that say so', () => {
  const merge = vi.fn();
  const commit = vi.fn();
  registry.add('merge', { run: merge, layer: 0 });
  registry.add('commit', { run: commit, layer: 0 });
  press('m', {}, 'text');
  press('Enter', { ctrlKey: true }, 'text');
  expect(merge).not.toHaveBeenCalled();
  expect(commit).toHaveBeenCalledTimes(1);
});

test('a bare Enter belongs to a focused button', () => {
  const open = vi.fn();
  registry.add('open', { run: open, layer: 0 });
  press('Enter', {}, 'button');
  expect(open).not.toHaveBeenCalled();
  press('Enter');
  expect(open).toHaveBeenCalledTimes(1);
});

test('Enter with Mod on a focused button is the window’s, and does not press it', () => {
  const [commit, pressed] = [vi.fn(), vi.fn()];
  window.addEventListener('keydown', registry.beforeControls, { capture: true });
  document.getElementById('button')?.addEventListener('keydown', pressed);
  registry.add('commit', { run: commit, layer: 0 });
  press('Enter', { ctrlKey: true }, 'button');
  expect([commit.mock.calls.length, pressed.mock.calls.length]).toEqual([1, 0]);
  press('Enter', {}, 'button');
  expect(pressed).toHaveBeenCalledTimes(1);
  window.removeEventListener('keydown', registry.beforeControls, { capture: true });
});

test('a sequence is one command, and its second key does nothing of its own', () => {
  const open = vi.fn();
  const outbox = vi.fn();
  const keep = vi.fn();
  registry.add('open', { run: open, layer: 0 });
  registry.add('goOutbox', { run: outbox, layer: 0 });
  registry.add('keepSeparate', { run: keep, layer: 0 });
  press('g');
  press('o');
  expect(outbox).toHaveBeenCalledTimes(1);
  expect(open).not.toHaveBeenCalled();
  press('g');
  press('s');
  expect(keep).not.toHaveBeenCalled();
  press('s');
  expect(keep).toHaveBeenCalledTimes(1);
});

test('the first key of a sequence is forgotten after a second', () => {
  const open = vi.fn();
  registry.add('open', { run: open, layer: 0 });
  const now = vi.spyOn(Event.prototype, 'timeStamp', 'get').mockReturnValue(1000);
  press('g');
  now.mockReturnValue(2500);
  press('o');
  expect(open).toHaveBeenCalledTimes(1);
});

test('digits go by their place on the keyboard, with and without Shift', () => {
  const one = vi.fn();
  const all = vi.fn();
  registry.add('takeSource', { run: one, layer: 0 });
  registry.add('allSource', { run: all, layer: 0 });
  press('&', { code: 'Digit1' });
  press('!', { code: 'Digit1', shiftKey: true });
  expect(one).toHaveBeenCalledTimes(1);
  expect(all).toHaveBeenCalledTimes(1);
});

test('below an open sheet nobody answers; the newest on top does', () => {
  const below = vi.fn();
  const above = vi.fn();
  registry.add('commit', { run: below, layer: 0 });
  const close = registry.openLayer();
  press('Enter', { ctrlKey: true });
  registry.add('commit', { run: above, layer: 1 });
  press('Enter', { ctrlKey: true });
  close();
  expect(below).not.toHaveBeenCalled();
  expect(above).toHaveBeenCalledTimes(1);
  press('Enter', { ctrlKey: true });
  expect(below).toHaveBeenCalledTimes(1);
});

test('a command that is off does nothing, and is offered with its reason', () => {
  const run = vi.fn();
  registry.add('merge', { run, off: 'Decided already.', layer: 0 });
  press('m');
  expect(run).not.toHaveBeenCalled();
  expect(registry.offered(0)).toEqual([expect.objectContaining({ off: 'Decided already.' })]);
});

test('a key that two screens share does what the one that is open answers', () => {
  const [take, give] = [vi.fn(), vi.fn()];
  registry.add('toOriginal', { run: give, layer: 0 });
  press('1', { code: 'Digit1' });
  expect(give).toHaveBeenCalledTimes(1);
  registry.add('takeSource', { run: take, off: 'Not now.', layer: 0 });
  press('1', { code: 'Digit1' });
  expect([take, give].map((run) => run.mock.calls.length)).toEqual([0, 1]);
});

test('a held key repeats moves and nothing else', () => {
  const next = vi.fn();
  const commit = vi.fn();
  registry.add('next', { run: next, layer: 0 });
  registry.add('commit', { run: commit, layer: 0 });
  press('j', { repeat: true });
  press('Enter', { ctrlKey: true, repeat: true });
  expect(next).toHaveBeenCalledTimes(1);
  expect(commit).not.toHaveBeenCalled();
});

test('no key means two things in one place, and no bare key commits', () => {
  const all: readonly Command[] = COMMANDS;
  // The editor of a separation has keys of its own, which mean something else elsewhere.
  for (const editor of [true, false]) {
    const keys = all.filter((each) => (each.group === 'separate') === editor).flatMap((each) => each.keys);
    expect(new Set(keys).size).toBe(keys.length);
  }
  const commit = all.find((each) => each.id === 'commit');
  expect(commit?.keys.every((binding) => binding.startsWith('$mod+'))).toBe(true);
});

test('keys are shown as people read them', () => {
  expect(keyCaps('$mod+Enter')).toEqual([['Ctrl', 'Enter']]);
  expect(keyCaps('g q')).toEqual([['g'], ['q']]);
  expect(keyCaps('Shift+Digit1')).toEqual([['Shift', '1']]);
  expect(keyCaps('Shift+?')).toEqual([['?']]);
});
