import type { Backend } from '../backend';
import type { Changes, OutboxEntry, SettingsChange, SettingsIssue } from '../bindings';
import { Refusal } from '../refusal';
import type { Answer } from './fake';
import { fresh, SETTLED } from './frame';

export type Config = Record<string, unknown>;

const DEFAULTS: Config = {
  candidateLimit: 50,
  thresholdPercent: 95,
  reviewThresholdPercent: 70,
  maxPossibleScore: 200,
  customFields: [{ field: 'address.streetAddress', weight: 20, matchMode: 'fuzzy_string', since: 2025 }],
  lookupTriggerFields: ['phoneNumber', 'email'],
  instantMergeFields: ['email'],
  conflictResolutionRules: { email: 'prefer_newer', status: 'prefer_furthest' },
};

interface World {
  answer: Answer;
  save: (...entries: OutboxEntry[]) => Changes;
  entries: () => OutboxEntry[];
}

const shown = (value: unknown): string =>
  value === undefined ? 'not set' : typeof value === 'string' ? value : JSON.stringify(value);

function changesOf(before: Config, after: Config): SettingsChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((key) => ({ key, before: shown(before[key]), after: shown(after[key]) }))
    .filter((change) => change.before !== change.after);
}

const isPath = (path: unknown) => typeof path === 'string' && path.split('.').every((part) => part !== '');

function issuesOf(config: Config): SettingsIssue[] {
  const issues: SettingsIssue[] = [];
  const say = (field: string, message: string) => issues.push({ field, message: `${field} ${message}.` });
  const percent = (field: string, value: unknown) => {
    if (typeof value !== 'number' || value < 0 || value > 100) say(field, 'must be a number from 0 to 100');
  };
  const { thresholdPercent, reviewThresholdPercent, candidateLimit, customFields } = config;
  percent('thresholdPercent', thresholdPercent);
  percent('reviewThresholdPercent', reviewThresholdPercent);
  if (Number(reviewThresholdPercent) > Number(thresholdPercent))
    say('reviewThresholdPercent', 'must not be above thresholdPercent');
  if (typeof candidateLimit !== 'number' || candidateLimit < 1 || candidateLimit > 200)
    say('candidateLimit', 'must be a whole number from 1 to 200');
  for (const [at, rule] of ((customFields ?? []) as Config[]).entries()) {
    percent(`customFields[${at}].weight`, rule.weight);
    if (!isPath(rule.field)) say(`customFields[${at}].field`, 'must be a dotted path without empty parts');
  }
  for (const key of ['lookupTriggerFields', 'instantMergeFields'])
    for (const [at, path] of ((config[key] ?? []) as string[]).entries())
      if (!isPath(path)) say(`${key}[${at}]`, 'must be a dotted path without empty parts');
  return issues;
}

function stale(): Refusal {
  const message = 'The settings have changed since you looked at them.';
  return new Refusal({ code: 'stale', message, hint: null, field: null });
}

/** The made-up application's part about the settings of duplicate detection. */
const NOTHING_SAVED = { entry: null, replaces: null, note: null, screen: null };

export function settings({ answer, save, entries }: World) {
  let current: Config | null = DEFAULTS;
  let version = 1;
  const decided = new Map<string, Config>();
  const basedOn = () => `settings-${version}`;
  const pending = () => entries().find((each) => each.kind === 'settings' && !SETTLED.includes(each.state));
  const backend: Pick<Backend, 'settings' | 'changeSettings'> = {
    settings: () =>
      answer('settings', null, () => {
        const entry = pending() ?? null;
        const change = entry && decided.get(entry.opId);
        return {
          current: current && JSON.stringify(current),
          basedOn: basedOn(),
          readAt: current && new Date().toISOString(),
          pending: entry,
          pendingChange: change ? JSON.stringify(change) : null,
        };
      }),
    changeSettings: (request) =>
      answer('changeSettings', request, () => {
        if (current === null || request.basedOn !== basedOn()) throw stale();
        const wanted = JSON.parse(request.wanted) as Config;
        const issues = issuesOf(wanted);
        const changes = changesOf(current, wanted);
        if (request.dryRun || issues.length > 0 || changes.length === 0)
          return { issues, changes: issues.length > 0 ? [] : changes, ...NOTHING_SAVED };
        decided.set(request.opId, Object.fromEntries(changes.map(({ key }) => [key, wanted[key]])));
        const what = { opId: request.opId, kind: 'settings', subject: 'sandbox' };
        const entry = fresh({ ...what, title: 'Settings of duplicate detection' }, 8000);
        const before = pending();
        const gone = before ? [{ ...before, state: 'superseded' as const, canWithdraw: false }] : [];
        const { opId, kind, title } = before ?? {};
        const replaces = opId && kind && title ? { opId, kind, title } : null;
        return { issues, changes, entry, replaces, note: null, screen: save(...gone, entry) };
      }),
  };
  return {
    backend,
    /** Changes the settings as somebody else would; `null`: they were never read. */
    set(change: Config | null): void {
      current = change && { ...current, ...change };
      version += 1;
    },
  };
}
