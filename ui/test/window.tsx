import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { App } from '../src/app/App';
import { createFake, type FakeOptions } from '../src/ipc/testing/fake';

/** Opens the window on an application in memory, at an address. */
export function openWindow(options: FakeOptions = {}, hash = '') {
  window.location.hash = hash;
  const fake = createFake(options);
  render(<App backend={fake.backend} />);
  return { fake, user: userEvent.setup() };
}

/** The calls of one command so far. */
export function callsOf(fake: ReturnType<typeof createFake>, name: string): unknown[] {
  return fake.calls.filter((call) => call.name === name).map((call) => call.argument);
}

/** Waits for an element by its test id. */
export const find = (testId: string): Promise<HTMLElement> => screen.findByTestId(testId);
