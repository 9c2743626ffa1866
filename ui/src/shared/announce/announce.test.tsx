import { act, render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { Announcer } from './Announcer';
import { announce } from './announce';

test('each announcement is a new block in a region that stays, and the same words are said twice', () => {
  render(<Announcer />);
  const region = screen.getByTestId('announcer');
  act(() => announce('Lifted'));
  const first = region.lastElementChild;
  act(() => announce('Lifted'));
  expect(region.lastElementChild).not.toBe(first);
  expect([...region.children].map((child) => child.tagName)).toEqual(['DIV', 'DIV']);
  for (const word of ['one', 'two', 'three', 'four']) act(() => announce(word));
  expect([...region.children].map((child) => child.textContent)).toEqual(['two', 'three', 'four']);
  expect(screen.getByTestId('announcer')).toBe(region);
});
