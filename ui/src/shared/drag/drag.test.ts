import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { edgeSpeed } from './autoscroll';
import { followPress } from './sensor';

const seen = { onPress: vi.fn(), onStart: vi.fn(), onMove: vi.fn(), onDrop: vi.fn(), onCancel: vi.fn() };
let card: HTMLElement;
const clicked = vi.fn();

function press(on: Element, init: PointerEventInit = {}): void {
  const event = pointer('pointerdown', 100, 100, { buttons: 1, ...init });
  on.dispatchEvent(event);
}

function pointer(type: string, x: number, y: number, init: PointerEventInit = {}): PointerEvent {
  const shared = { bubbles: true, cancelable: true, pointerId: 1, isPrimary: true };
  return new PointerEvent(type, { ...shared, clientX: x, clientY: y, ...init });
}

const move = (x: number, y: number, init: PointerEventInit = { buttons: 1 }) =>
  window.dispatchEvent(pointer('pointermove', x, y, init));
const release = (x: number, y: number) => window.dispatchEvent(pointer('pointerup', x, y));

const calls = () =>
  Object.fromEntries(Object.entries(seen).map(([name, each]) => [name.slice(2), each.mock.calls.length]));

beforeEach(() => {
  for (const each of Object.values(seen)) each.mockClear();
  clicked.mockClear();
  document.body.innerHTML = '<div id="board"><div id="card"><button>1</button></div></div>';
  card = document.getElementById('card') as HTMLElement;
  const board = document.getElementById('board') as HTMLElement;
  board.addEventListener('pointerdown', (event) => followPress(event, board, seen));
  card.addEventListener('click', clicked);
});

// A press that a test leaves open must not follow the pointer of the next one.
afterEach(() => void window.dispatchEvent(new Event('blur')));

test('less than the threshold is a click', () => {
  press(card);
  move(102, 102);
  release(102, 102);
  expect(calls()).toEqual({ Press: 1, Start: 0, Move: 0, Drop: 0, Cancel: 0 });
});

test('from the threshold on it is a drag, which starts where the pointer went down', () => {
  press(card);
  move(104, 100);
  move(300, 200);
  release(301, 201);
  expect(calls()).toEqual({ Press: 0, Start: 1, Move: 2, Drop: 1, Cancel: 0 });
  expect(seen.onStart).toHaveBeenCalledWith({ x: 100, y: 100 });
  expect(seen.onDrop).toHaveBeenCalledWith({ x: 301, y: 201 });
});

test.each([
  ['Escape', () => window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', cancelable: true }))],
  ['the system', () => window.dispatchEvent(pointer('pointercancel', 300, 200))],
  ['leaving the window', () => window.dispatchEvent(new Event('blur'))],
  ['a release outside that nobody told of', () => move(300, 200, { buttons: 0 })],
  ['a release outside', () => release(-20, 200)],
])('%s ends a drag without a drop, and the release after it does nothing', (_, end) => {
  press(card);
  move(300, 200);
  end();
  release(300, 200);
  move(320, 200);
  expect(calls()).toEqual({ Press: 0, Start: 1, Move: 1, Drop: 0, Cancel: 1 });
});

test('Escape ends the drag and nothing below it', () => {
  const below = vi.fn();
  document.addEventListener('keydown', below);
  press(card);
  move(300, 200);
  const key = () => new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true });
  card.dispatchEvent(key());
  expect(below).not.toHaveBeenCalled();
  card.dispatchEvent(key());
  expect(below).toHaveBeenCalledTimes(1);
  document.removeEventListener('keydown', below);
});

test('the very next click after a drag works, and so does the next press', () => {
  press(card);
  move(300, 200);
  release(300, 200);
  card.click();
  expect(clicked).toHaveBeenCalledTimes(1);
  press(card);
  release(100, 100);
  expect(seen.onPress).toHaveBeenCalledTimes(1);
});

test('other buttons, other fingers and controls inside are left alone', () => {
  press(card, { button: 2 });
  press(card, { isPrimary: false });
  press(card.querySelector('button') as Element);
  move(300, 200);
  release(300, 200);
  expect(calls()).toEqual({ Press: 0, Start: 0, Move: 0, Drop: 0, Cancel: 0 });
  press(card);
  move(300, 200, { buttons: 1, pointerId: 2 });
  expect(seen.onStart).not.toHaveBeenCalled();
});

test.each([
  [300, 0],
  [101, -18],
  [124, -9],
  [576, 9],
  [600, 18],
  [700, 18],
])('held at %d a list from 100 to 600 moves by %d', (at, speed) => {
  expect(edgeSpeed(at, 100, 600)).toBe(speed);
});

test('a list of no height does not move', () => {
  expect(edgeSpeed(100, 100, 100)).toBe(0);
});

test('no text is selected while it is held, and all of it afterwards', () => {
  const select = () => card.dispatchEvent(new Event('selectstart', { bubbles: true, cancelable: true }));
  expect(select()).toBe(true);
  press(card);
  expect(select()).toBe(false);
  move(300, 200);
  expect(select()).toBe(false);
  release(300, 200);
  expect(select()).toBe(true);
});
