import { act, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Announcer } from './Announcer';
import { announce, useAnnouncements } from './announce';

beforeEach(() => {
  vi.useFakeTimers();
  useAnnouncements.setState({ said: null });
});
afterEach(() => vi.useRealTimers());

test('each announcement is a new block in a region that stays, and the same words are said twice', () => {
  render(<Announcer />);
  expect(screen.queryByTestId('announcer')).toBeNull();
  act(() => announce('Lifted'));
  const region = screen.getByTestId('announcer');
  expect(region.children).toHaveLength(0);
  act(() => vi.advanceTimersByTime(100));
  const first = region.lastElementChild;
  expect(first?.textContent).toBe('Lifted');
  act(() => announce('Lifted'));
  expect(region.lastElementChild).not.toBe(first);
  expect([...region.children].map((child) => child.tagName)).toEqual(['DIV', 'DIV']);
  for (const word of ['one', 'two', 'three', 'four']) act(() => announce(word));
  expect([...region.children].map((child) => child.textContent)).toEqual(['two', 'three', 'four']);
  expect(screen.getByTestId('announcer')).toBe(region);
});

test('what is said twice before the region has settled is told in order', () => {
  render(<Announcer />);
  act(() => announce('one'));
  act(() => announce('two'));
  act(() => vi.advanceTimersByTime(100));
  expect(screen.getByTestId('announcer').textContent).toContain('one');
  expect(screen.getByTestId('announcer').textContent).toContain('two');
});
