import { act, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { forget } from '../src/features/settings/drafts';
import type { SettingsRequest } from '../src/ipc/bindings';
import type { Fake } from '../src/ipc/testing/fake';
import { violations } from './axe';
import { refusalOf } from './refusals';
import { callsOf, find, openWindow } from './window';

afterEach(() => forget('sandbox'));

const requests = (fake: Fake) => callsOf(fake, 'changeSettings') as SettingsRequest[];
const saves = (fake: Fake) => requests(fake).filter(({ dryRun }) => !dryRun);
const wantedOf = (fake: Fake) => JSON.parse(saves(fake).at(-1)?.wanted ?? '{}') as Record<string, unknown>;
const value = (testId: string) => (screen.getByTestId(testId) as HTMLInputElement).value;
const status = () => screen.getByTestId('settings-status').textContent;
const isOff = (testId: string) => screen.getByTestId(testId).hasAttribute('data-disabled');

async function opened(options = {}) {
  const window_ = openWindow(options, '#/settings');
  await find('settings-thresholdPercent');
  const type = async (testId: string, text: string) => {
    const input = await find(testId);
    await window_.user.clear(input);
    if (text) await window_.user.type(input, text);
  };
  return { ...window_, type };
}

test('g s comes here: every documented key is shown, and nothing is to be saved', async () => {
  const { user } = openWindow({});
  await find('queue-row-review-0');
  await user.keyboard('gs');
  await find('settings-thresholdPercent');
  expect(value('settings-thresholdPercent')).toBe('95');
  expect(value('settings-reviewThresholdPercent')).toBe('70');
  expect(value('settings-candidateLimit')).toBe('50');
  expect(value('settings-custom-path-0')).toBe('address.streetAddress');
  expect(value('settings-lookupTriggerFields-1')).toBe('email');
  expect(value('settings-instantMergeFields-0')).toBe('email');
  expect(value('settings-rule-value-status')).toBe('prefer_furthest');
  expect(screen.getByText('maxPossibleScore')).toBeTruthy();
  expect(screen.getByTestId('settings-bands').textContent).toContain('70 % to 95 %');
  expect(status()).toBe('Nothing is changed.');
  expect(isOff('settings-save')).toBe(true);
  expect(await violations()).toEqual([]);
});

test('a threshold is changed by key, seen in words, saved to the outbox, and taken back', async () => {
  const { fake, user, type } = await opened();
  await type('settings-thresholdPercent', '92,5');
  await expect.poll(status).toBe('1 setting changes.');
  expect((await find('settings-changed-thresholdPercent')).textContent).toContain('The server has: 95 %');
  await user.keyboard('{Control>}{Enter}{/Control}');
  const sheet = await find('settings-sheet');
  const line = within(sheet).getByTestId('settings-change-thresholdPercent');
  expect(line.textContent).toBe('Merged at once from9592.5');
  expect(saves(fake)).toEqual([]);
  expect(await violations()).toEqual([]);
  await user.keyboard('{Control>}{Enter}{/Control}');
  const pending = await find('settings-pending');
  expect(saves(fake)).toHaveLength(1);
  expect(wantedOf(fake)).toMatchObject({ thresholdPercent: 92.5, maxPossibleScore: 200 });
  expect(pending.textContent).toContain('A change is in the outbox.');
  expect(value('settings-thresholdPercent')).toBe('92,5');
  expect((screen.getByTestId('settings-thresholdPercent') as HTMLInputElement).disabled).toBe(true);
  await user.click(await find('toast-undo'));
  await expect.poll(() => screen.queryByTestId('settings-pending')).toBeNull();
  expect(value('settings-thresholdPercent')).toBe('95');
});

test('what is wrong is said at its field by the application, once typing rests', async () => {
  const { fake, user, type } = await opened();
  await type('settings-reviewThresholdPercent', '96');
  await expect
    .poll(() => screen.queryByTestId('settings-reviewThresholdPercent-error')?.textContent)
    .toContain('must not be above');
  await type('settings-candidateLimit', 'many');
  await expect
    .poll(() => screen.queryByTestId('settings-candidateLimit-error')?.textContent)
    .toContain('must be a whole number');
  expect(value('settings-candidateLimit')).toBe('many');
  await type('settings-custom-weight-0', '101');
  await user.click(screen.getByTestId('settings-add-custom'));
  expect((await find('settings-custom-error-1')).textContent).toContain('dotted path');
  expect((await find('settings-custom-weight-0-error')).textContent).toContain('0 to 100');
  await expect.poll(status).toBe('4 values have to be corrected first.');
  expect(isOff('settings-save')).toBe(true);
  expect(requests(fake).length).toBeLessThan(14);
  await user.keyboard('{Control>}{Enter}{/Control}');
  expect(screen.queryByTestId('settings-sheet')).toBeNull();
  expect(await violations()).toEqual([]);
});

test('the handles of the track set the thresholds and cannot cross', async () => {
  await opened();
  const [low, high] = within(
    screen.getByRole('group', { name: 'How alike two contacts must be' }),
  ).getAllByRole('slider');
  fireEvent.change(low as HTMLElement, { target: { value: '80' } });
  expect(value('settings-reviewThresholdPercent')).toBe('80');
  fireEvent.change(high as HTMLElement, { target: { value: '60' } });
  expect(value('settings-thresholdPercent')).toBe('80');
  expect(value('settings-reviewThresholdPercent')).toBe('80');
});

test('custom fields are added, moved by key and button, and removed; what else the server keeps with one stays', async () => {
  const { fake, user, type } = await opened();
  await user.click(screen.getByTestId('settings-add-custom'));
  await expect.poll(() => document.activeElement).toBe(screen.getByTestId('settings-custom-path-1'));
  await user.keyboard('company');
  await user.keyboard('{Escape}');
  await type('settings-custom-weight-1', '35');
  await user.selectOptions(screen.getByTestId('settings-custom-mode-1'), 'exact_normalized');
  screen.getByTestId('settings-custom-weight-1').focus();
  await user.keyboard('{Alt>}{ArrowUp}{/Alt}');
  expect(value('settings-custom-path-0')).toBe('company');
  expect(document.activeElement).toBe(screen.getByTestId('settings-custom-weight-0'));
  await user.click(screen.getByTestId('settings-custom-down-0'));
  await user.click(screen.getByTestId('settings-custom-up-1'));
  await expect.poll(() => isOff('settings-save')).toBe(false);
  await user.click(screen.getByTestId('settings-save'));
  await user.click(await find('commit'));
  await find('settings-pending');
  expect(wantedOf(fake).customFields).toEqual([
    { field: 'company', weight: 35, matchMode: 'exact_normalized' },
    { field: 'address.streetAddress', weight: 20, matchMode: 'fuzzy_string', since: 2025 },
  ]);
});

test('lists and rules: unknown rules stay, the known one is offered, and merging unseen is warned of', async () => {
  const { fake, user } = await opened();
  await user.click(screen.getByTestId('settings-add-instantMergeFields'));
  await expect.poll(() => document.activeElement).toBe(screen.getByTestId('settings-instantMergeFields-1'));
  await user.keyboard('phoneNumber{Escape}');
  await user.click(screen.getByTestId('settings-lookupTriggerFields-remove-0'));
  await user.type(screen.getByTestId('settings-new-rule'), 'company{Escape}');
  expect(status()).toContain('typed and not added');
  await user.click(screen.getByTestId('settings-add-rule'));
  await expect.poll(() => isOff('settings-save')).toBe(false);
  await user.click(screen.getByTestId('settings-save'));
  expect((await find('settings-sheet')).textContent).toContain('nobody reviews them');
  await user.click(screen.getByTestId('commit'));
  await find('settings-pending');
  expect(wantedOf(fake)).toMatchObject({
    instantMergeFields: ['email', 'phoneNumber'],
    lookupTriggerFields: ['email'],
    conflictResolutionRules: { email: 'prefer_newer', status: 'prefer_furthest', company: 'prefer_newer' },
  });
});

test('edits survive another screen, single keys go back, and throwing away says what is lost first', async () => {
  const { user, type } = await opened();
  await type('settings-candidateLimit', '80');
  await type('settings-thresholdPercent', '91');
  await user.click(screen.getByTestId('nav-outbox'));
  await find('outbox');
  await user.click(screen.getByTestId('nav-settings'));
  expect(((await find('settings-candidateLimit')) as HTMLInputElement).value).toBe('80');
  await user.click(screen.getByTestId('settings-reset-candidateLimit'));
  expect(value('settings-candidateLimit')).toBe('50');
  await user.click(screen.getByTestId('settings-throw-away'));
  const sheet = await find('settings-throw-away-sheet');
  expect(sheet.textContent).toContain('Merged at once from91 %');
  await user.click(screen.getByTestId('settings-throw-away-confirm'));
  await expect.poll(() => value('settings-thresholdPercent')).toBe('95');
  expect(isOff('settings-throw-away')).toBe(true);
});

test('what somebody else changed meanwhile is marked with both values, and said again before saving', async () => {
  const { fake, user, type } = await opened();
  await type('settings-thresholdPercent', '91');
  await expect.poll(() => isOff('settings-save')).toBe(false);
  fake.configure({ thresholdPercent: 88, candidateLimit: 120 });
  fireEvent.focus(window);
  const mark = await find('settings-underneath-thresholdPercent');
  expect(mark.textContent).toContain('It was 95 %, now it is 88 %. You want 91 %.');
  expect(value('settings-candidateLimit')).toBe('120');
  await expect.poll(() => isOff('settings-save')).toBe(false);
  await user.click(screen.getByTestId('settings-save'));
  expect((await find('settings-sheet-underneath')).textContent).toContain('Merged at once from');
  expect(await violations()).toEqual([]);
  await user.keyboard('{Escape}');
  await user.click(screen.getByTestId('settings-keep-thresholdPercent'));
  expect(screen.queryByTestId('settings-underneath-thresholdPercent')).toBeNull();
  expect(screen.getByTestId('settings-changed-thresholdPercent').textContent).toContain('88 %');
  await user.click(screen.getByTestId('settings-reset-thresholdPercent'));
  expect(value('settings-thresholdPercent')).toBe('88');
});

test('a look that comes too late reads the settings again by itself', async () => {
  const { fake, type } = await opened();
  fake.configure({ candidateLimit: 120 });
  await type('settings-thresholdPercent', '91');
  await expect.poll(() => value('settings-candidateLimit')).toBe('120');
  await expect.poll(status).toBe('1 setting changes.');
});

test('a change that waits is changed again from what it wants, and replaced by saving', async () => {
  const { fake, user, type } = await opened();
  await type('settings-thresholdPercent', '91');
  await expect.poll(() => isOff('settings-save')).toBe(false);
  await user.click(screen.getByTestId('settings-save'));
  await user.click(await find('commit'));
  await user.click(await find('settings-again'));
  await type('settings-candidateLimit', '80');
  await expect.poll(status).toBe('2 settings change.');
  await user.click(screen.getByTestId('settings-save'));
  expect((await find('settings-sheet')).textContent).toContain('takes the place');
  await user.click(screen.getByTestId('commit'));
  await expect.poll(() => saves(fake).length).toBe(2);
  expect(wantedOf(fake)).toMatchObject({ thresholdPercent: 91, candidateLimit: 80 });
  await expect.poll(status).toBe('A change is in the outbox.');
  const entry = saves(fake)[1]?.opId ?? '';
  act(
    () => void fake.settle(entry, { state: 'conflict', hold: 'none', canCompare: true, canWithdraw: true }),
  );
  await user.click(await find('settings-again'));
  expect(screen.getByTestId('settings-pending').textContent).toContain('nothing of it is sent');
  await user.click(await find('settings-compare'));
  expect(window.location.hash).toBe(`#/outbox/${entry}`);
});

test('what is pasted is judged before it is taken over, and nothing is saved by it', async () => {
  const { fake, user } = await opened();
  await user.click(screen.getByTestId('settings-file'));
  const text = (await find('settings-text')) as HTMLTextAreaElement;
  expect(JSON.parse(text.value)).toMatchObject({ candidateLimit: 50, maxPossibleScore: 200 });
  fireEvent.change(text, { target: { value: 'not json' } });
  expect((await find('settings-text-error')).textContent).toContain('no JSON object');
  fireEvent.change(text, { target: { value: '{"candidateLimit": 900}' } });
  await expect.poll(() => screen.queryByTestId('settings-text-error')?.textContent).toContain('1 to 200');
  expect(isOff('settings-take-over')).toBe(true);
  fireEvent.change(text, { target: { value: '{"candidateLimit": 90}' } });
  await find('settings-change-candidateLimit');
  expect(await violations()).toEqual([]);
  await user.click(screen.getByTestId('settings-take-over'));
  expect(value('settings-candidateLimit')).toBe('90');
  expect(saves(fake)).toEqual([]);
});

test('what was pasted stays when the settings change under it, and is judged anew', async () => {
  const { fake, user } = await opened();
  await user.click(screen.getByTestId('settings-file'));
  const text = (await find('settings-text')) as HTMLTextAreaElement;
  fake.configure({ candidateLimit: 120 });
  fireEvent.change(text, { target: { value: '{"candidateLimit": 90}' } });
  expect((await find('settings-text-overtaken')).textContent).toContain('changed on the server meanwhile');
  expect((await find('settings-change-candidateLimit')).textContent).toContain('12090');
  expect(text.value).toBe('{"candidateLimit": 90}');
  await user.click(screen.getByTestId('settings-take-over'));
  expect(value('settings-candidateLimit')).toBe('90');
});

test('a handle that stands between two steps moves to the next, and the other stays', async () => {
  const { fake } = await opened();
  fake.configure({ thresholdPercent: 92.2 });
  fireEvent.focus(window);
  await expect.poll(() => value('settings-thresholdPercent')).toBe('92.2');
  const [, high] = screen.getAllByRole('slider');
  fireEvent.change(high as HTMLElement, { target: { value: '92.5' } });
  expect(value('settings-thresholdPercent')).toBe('92.5');
  expect(value('settings-reviewThresholdPercent')).toBe('70');
  expect(screen.getByTestId('settings-bands').textContent).toContain('70 % to 92.5 %');
});

test('the value of the server is said in names, and in how it is compared', async () => {
  const { user } = await opened();
  await user.selectOptions(screen.getByTestId('settings-custom-mode-0'), 'exact_normalized');
  expect((await find('settings-changed-customFields')).textContent).toContain(
    'Street (address.streetAddress), weight 20, How alike it is',
  );
});

test('offline, never read, refused, and read-only say what they are', async () => {
  const { fake } = await opened({ status: { connection: 'offline' } });
  expect(screen.getByTestId('settings-read').textContent).toContain('As read from the server');
  fake.configure(null);
  fireEvent.focus(window);
  expect(await screen.findByText('The settings were never read')).toBeTruthy();
  expect(screen.getByText('They are read as soon as the server can be reached.')).toBeTruthy();
  fake.refuse('settings', refusalOf({ code: 'storage', message: 'The cache cannot be read.' }));
  fireEvent.focus(window);
  expect((await find('error')).textContent).toContain('The cache cannot be read.');
});

test('where nothing can be saved, everything is shown and nothing can be edited', async () => {
  await opened({ files: { readOnly: 'Another Cleave has the files.' } });
  expect((screen.getByTestId('settings-candidateLimit') as HTMLInputElement).disabled).toBe(true);
  expect(status()).toBe('Another Cleave has the files.');
  expect(isOff('settings-save')).toBe(true);
});
