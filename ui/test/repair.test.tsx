import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { SalvagedReport } from '../src/features/repair/SalvagedReport';
import { useAnnouncements } from '../src/shared/announce/announce';
import { violations } from './axe';
import { refusalOf } from './refusals';
import { callsOf, find, openWindow } from './window';

const READ_ONLY = 'Another Cleave has these files open.';
const locked = { files: { readOnly: READ_ONLY, canTryAgain: true } };
const damaged = {
  files: { damaged: { accountId: 'sandbox', title: 'Robin Admin · crm.example.com' } },
};

test('what cannot be saved is said above every screen, and tried again', async () => {
  const { user, fake } = openWindow(locked);
  expect((await find('read-only')).textContent).toContain(READ_ONLY);
  expect(await violations()).toEqual([]);
  fake.refuse('openAgain', refusalOf({ code: 'storage', message: 'It still runs.' }));
  await user.click(screen.getByTestId('files-again'));
  expect((await find('files-still-not')).textContent).toBe('Still not: It still runs.');
  fake.refuse('openAgain', null);
  await user.click(screen.getByTestId('files-again'));
  await expect.poll(() => screen.queryByTestId('read-only')).toBeNull();
});

test('where trying again cannot help, it is not offered', async () => {
  openWindow({ files: { readOnly: 'A newer Cleave wrote these files.', canTryAgain: false } });
  await find('read-only');
  expect(screen.queryByTestId('files-again')).toBeNull();
});

test('nothing is decided while nothing can be saved, and the review says why', async () => {
  const { user, fake } = openWindow(locked, '#/review/review-0');
  const merge = (await find('merge')) as HTMLButtonElement;
  expect(merge.disabled).toBe(true);
  expect((screen.getByTestId('keep-separate') as HTMLButtonElement).disabled).toBe(true);
  expect(screen.getByTestId('review').textContent).toContain(READ_ONLY);
  await user.keyboard('ms');
  expect(screen.queryByTestId('merge-sheet')).toBeNull();
  expect(screen.queryByTestId('keep-sheet')).toBeNull();
  expect(callsOf(fake, 'decide').filter((call) => !(call as { dryRun: boolean }).dryRun)).toEqual([]);
});

test('a separation opens to be read, and an edit says why it is not made', async () => {
  const { user, fake } = openWindow(locked, '#/separation/contact-c1');
  await find('undecided-count');
  expect((screen.getByTestId('separate-button') as HTMLButtonElement).disabled).toBe(true);
  expect(screen.getByTestId('blocked').textContent).toContain(READ_ONLY);
  expect((screen.getByTestId('line-email-new') as HTMLInputElement).readOnly).toBe(true);
  const [button] = screen.getAllByTestId(/^move-new-/);
  if (button) await user.click(button);
  expect((await find('error')).textContent).toContain(READ_ONLY);
  expect(callsOf(fake, 'separationEdit')).toEqual([]);
});

test('signing out, in and along are off', async () => {
  const { user } = openWindow(locked);
  await find('queue-row-review-0');
  expect((screen.getByTestId('take-along') as HTMLButtonElement).disabled).toBe(true);
  await user.click(screen.getByTestId('account-menu'));
  const item = await screen.findByRole('menuitem', { name: 'Sign out' });
  expect(item.getAttribute('aria-disabled')).toBe('true');
  expect(screen.getByRole('menu').textContent).toContain(READ_ONLY);
});

test.each(['offline', 'signedOut'] as const)(
  '%s, nothing that is saved or sent is promised',
  async (connection) => {
    useAnnouncements.setState({ said: [] });
    const { user, fake } = openWindow({ ...locked, status: { connection } });
    await find('queue-row-review-0');
    const window_ = document.body.textContent;
    expect(window_).not.toContain('is saved here');
    expect(screen.queryByRole('button', { name: 'Try now' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Sign in' })).toBeNull();
    await user.click(screen.getByTestId('status-sync'));
    expect(((await find('panel-take')) as HTMLButtonElement).disabled).toBe(true);
    expect(callsOf(fake, 'syncNow')).toEqual([]);
  },
);

test('where nothing could be carried over, nothing says that it was', async () => {
  const salvaged = { entries: 0, drafts: 0, lostRows: 4, needsPerson: 0, keptAs: 'outbox.damaged.db' };
  render(<SalvagedReport salvaged={salvaged} onDone={() => undefined} onOutbox={() => undefined} />);
  expect(screen.getByRole('heading').textContent).toBe('Nothing could be carried over');
  expect(screen.getByTestId('salvaged-entries').textContent).toBe('No decision could be read');
  expect(screen.queryByTestId('salvaged-drafts')).toBeNull();
});

test('a way in says that nothing can be saved, and is closed', async () => {
  openWindow({ ...locked, signedIn: false });
  expect((await find('read-only')).textContent).toContain(READ_ONLY);
  expect((screen.getByTestId('connect-sandbox') as HTMLButtonElement).disabled).toBe(true);
  expect((screen.getByTestId('connect-submit') as HTMLButtonElement).disabled).toBe(true);
});

test('a damaged outbox is told calmly, carried over, and what was lost is said', async () => {
  const { user, fake } = openWindow(damaged);
  const page = await find('damaged');
  expect(page.textContent).toContain('Robin Admin · crm.example.com');
  expect(page.textContent).toContain('Nothing was deleted.');
  expect(screen.queryByTestId('queue')).toBeNull();
  expect(await violations()).toEqual([]);
  await user.click(screen.getByTestId('salvage'));
  expect((await find('salvaged-entries')).textContent).toBe('11 decisions were read');
  expect(screen.getByTestId('salvaged-lost').textContent).toContain('3 rows could not be read and are lost');
  expect(screen.getByTestId('salvaged-needs-person').textContent).toContain('1 decision needs you');
  expect(screen.getByTestId('salvaged-kept-as').textContent).toBe('outbox.damaged-2026-11-20.db');
  expect(await violations()).toEqual([]);
  expect(callsOf(fake, 'salvage')).toEqual(['sandbox']);
  await user.click(screen.getByTestId('salvaged-done'));
  expect(await find('queue-row-review-0')).toBeTruthy();
});

test('a salvage that fails says why, and can be tried again', async () => {
  const { user, fake } = openWindow(damaged);
  await find('damaged');
  fake.refuse('salvage', refusalOf({ code: 'storage', message: 'The disk is full.' }));
  await user.click(screen.getByTestId('salvage'));
  expect((await find('error')).textContent).toContain('The disk is full.');
  expect((screen.getByTestId('salvage') as HTMLButtonElement).disabled).toBe(false);
});

test('what needs a person after a salvage is one press away', async () => {
  const { user } = openWindow(damaged);
  await user.click(await find('salvage'));
  await user.click(await find('salvaged-outbox'));
  expect(await find('outbox')).toBeTruthy();
});

test('another account is one press away from a damaged one, and the way back leads to it', async () => {
  const { user } = openWindow(damaged);
  await user.click(await find('damaged-connect'));
  expect(await find('connect')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Back' }));
  expect(await find('damaged')).toBeTruthy();
});
