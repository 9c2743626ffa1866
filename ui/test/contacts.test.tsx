import { act, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { violations } from './axe';
import { refusalOf } from './refusals';
import { callsOf, find, openWindow } from './window';

const HASH = '#/contacts';
const listed = () => screen.queryAllByTestId(/^contact-/).map((row) => row.dataset.testid);

test('g c comes here, and what was begun is listed before anything is typed', async () => {
  const { user, fake } = openWindow();
  await find('queue-row-review-0');
  await user.keyboard('gc');
  const draft = await find('contact-contact-c3');
  expect(draft.textContent).toContain('begun');
  expect(within(draft).getByText('Go on separating…')).toBeTruthy();
  expect(screen.getByRole('heading', { name: 'Separations you have begun' })).toBeTruthy();
  expect(callsOf(fake, 'contacts')).toEqual([{ text: '', limit: 50 }]);
  expect(document.activeElement).toBe(screen.getByTestId('contacts-search'));
  expect(screen.getByTestId('nav-contacts').getAttribute('aria-current')).toBe('page');
  expect(await violations()).toEqual([]);
});

test('typing rests before it is searched for; Enter goes to the first, Enter again to its separation', async () => {
  const { user, fake } = openWindow({}, HASH);
  await find('contact-contact-c3');
  await user.type(screen.getByTestId('contacts-search'), '  jane doe ');
  await find('contact-contact-c0');
  expect(callsOf(fake, 'contacts')).toEqual([
    { text: '', limit: 50 },
    { text: 'jane doe', limit: 50 },
  ]);
  expect(screen.getByTestId('contacts-whence').textContent).toContain('the server was asked');
  expect(await violations()).toEqual([]);
  await user.keyboard('{Enter}');
  expect(document.activeElement).toBe(screen.getByTestId(listed()[0] ?? ''));
  await user.keyboard('j{ArrowUp}{Enter}');
  expect(window.location.hash).toBe('#/separation/contact-c0/%23%2Fcontacts');
});

test('offline it says that only this computer was searched', async () => {
  const { user } = openWindow({ status: { connection: 'offline' } }, HASH);
  await find('contact-contact-c3');
  await user.type(screen.getByTestId('contacts-search'), 'jane');
  await expect
    .poll(() => screen.getByTestId('contacts-whence').textContent)
    .toContain('only this computer was searched');
  await user.type(screen.getByTestId('contacts-search'), ' nobody');
  expect(await screen.findByText('Nobody found for “jane nobody”')).toBeTruthy();
  expect(screen.getByText(/the server could not be asked/)).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
});

test('without drafts it says what to do, and who is not found is not found', async () => {
  const { user } = openWindow({ reviews: 0 }, HASH);
  expect(await screen.findByText('Which contact is two people?')).toBeTruthy();
  expect(await violations()).toEqual([]);
  await user.type(screen.getByTestId('contacts-search'), 'x');
  expect(await screen.findByText('Nobody found for “x”')).toBeTruthy();
});

test('more than are listed is said', async () => {
  const { user } = openWindow({}, HASH);
  await user.type(await find('contacts-search'), 'example');
  expect(await screen.findByText(/There are more/)).toBeTruthy();
  expect(listed()).toHaveLength(50);
  expect(listed().slice(0, 2)).toEqual(['contact-contact-c3', 'contact-contact-c43']);
});

test('a search that failed says why and can be tried again', async () => {
  const { fake, user } = openWindow({}, HASH);
  await find('contact-contact-c3');
  fake.refuse('contacts', refusalOf({ code: 'storage', message: 'The cache cannot be read.' }));
  await user.type(screen.getByTestId('contacts-search'), 'jane');
  expect((await find('error')).textContent).toContain('The cache cannot be read.');
  fake.refuse('contacts', null);
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await find('contact-contact-c0')).toBeTruthy();
  expect(screen.queryByTestId('error')).toBeNull();
});

test('an answer that comes after a later question is not shown', async () => {
  const { fake, user } = openWindow({}, HASH);
  await find('contact-contact-c3');
  const { contacts } = fake.backend;
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  fake.backend.contacts = async (request) => {
    const answer = await contacts(request);
    if (request.text === 'jane') await held;
    return answer;
  };
  const box = screen.getByTestId('contacts-search');
  await user.type(box, 'jane');
  await expect.poll(() => callsOf(fake, 'contacts')).toHaveLength(2);
  await user.clear(box);
  await user.type(box, 'tanaka');
  await expect.poll(() => screen.queryAllByText(/Tanaka/i).length).toBeGreaterThan(0);
  const before = listed();
  release();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(listed()).toEqual(before);
});

test('who comes back finds the list as it was, and another account finds nothing of it', async () => {
  const { fake, user } = openWindow({}, HASH);
  await user.type(await find('contacts-search'), 'tanaka');
  await expect.poll(() => screen.queryAllByText(/Tanaka/i).length).toBeGreaterThan(0);
  const before = listed();
  act(() => {
    window.location.hash = '#/outbox';
  });
  await find('outbox');
  act(() => {
    window.location.hash = HASH;
  });
  await find(before[0] ?? '');
  expect(listed()).toEqual(before);
  await act(() => fake.backend.switchAccount('another'));
  await find('queue');
  act(() => {
    window.location.hash = HASH;
  });
  expect(((await find('contacts-search')) as HTMLInputElement).value).toBe('');
});
