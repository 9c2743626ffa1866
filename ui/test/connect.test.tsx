import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { violations } from './axe';
import { type AppErrorLike, refusalOf } from './refusals';
import { callsOf, find, openWindow } from './window';

const wrong: AppErrorLike = { code: 'signInRefused', message: 'The server answered: “Invalid credentials”' };

test('the sandbox is one press away', async () => {
  const { user } = openWindow({ signedIn: false });
  await user.click(await find('connect-sandbox'));
  expect(await find('queue')).toBeTruthy();
});

test('signing in sends what was typed', async () => {
  const { user, fake } = openWindow({ signedIn: false });
  await user.type(await find('connect-url'), 'https://crm.example.com');
  await user.type(screen.getByTestId('connect-email'), 'robin@example.com');
  await user.type(screen.getByTestId('connect-password'), 'correct horse{Enter}');
  await find('queue');
  expect(callsOf(fake, 'connect')).toEqual([
    {
      url: 'https://crm.example.com',
      credential: { kind: 'password', email: 'robin@example.com', password: 'correct horse' },
    },
  ]);
});

test('a token instead of a password', async () => {
  const { user, fake } = openWindow({ signedIn: false });
  await user.type(await find('connect-url'), 'https://crm.example.com');
  await user.click(screen.getByTestId('connect-with-token'));
  await user.type(await find('connect-token'), 'abc.def.ghi');
  await user.click(screen.getByTestId('connect-submit'));
  await find('queue');
  expect(callsOf(fake, 'connect')).toMatchObject([{ credential: { kind: 'token', token: 'abc.def.ghi' } }]);
});

test.each([
  ['url', 'connect-url', { code: 'notTheApi', message: 'Something else answers there.' }],
  ['password', 'connect-password', wrong],
] as const)(
  'what is wrong with the %s stands there, and goes when it is changed',
  async (field, input, error) => {
    const { user, fake } = openWindow({ signedIn: false });
    await find('connect');
    fake.refuse('connect', refusalOf({ ...error, field }));
    await user.click(screen.getByTestId('connect-submit'));
    expect((await find('error')).textContent).toContain(error.message);
    const at = screen.getByTestId(input);
    expect(at.getAttribute('aria-invalid')).toBe('true');
    expect(await violations()).toEqual([]);
    await user.type(at, 'x');
    expect(screen.queryByTestId('error')).toBeNull();
  },
);

test('what belongs to no input is said above the button', async () => {
  const { user, fake } = openWindow({ signedIn: false });
  await find('connect');
  const message = 'This account may not decide about duplicates.';
  fake.refuse('connect', refusalOf({ code: 'notAdmin', message, hint: 'Ask for the role ADMIN.' }));
  await user.click(screen.getByTestId('connect-submit'));
  const error = await screen.findByRole('alert');
  expect(error.textContent).toContain(message);
  expect(error.textContent).toContain('Ask for the role ADMIN.');
});
