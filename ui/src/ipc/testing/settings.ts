import type { Backend } from '../backend';
import type { Changes, OutboxEntry, SettingsChange, SettingsIssue } from '../bindings';
import { Refusal } from '../refusal';
import type { Answer } from './fake';
import { fresh } from './frame';

type Config = Record<string, unknown>;

const DEFAULTS: Config = {
  candidateLimit: 50,
  thresholdPercent: 95,
  reviewThresholdPercent: 70,
  maxPossibleScore: 200,
  customFields: [{ field: 'address.streetAddress', weight: 20, matchMode: 'fuzzy_string' }],
  lookupTriggerFields: ['phoneNumber', 'email'],
  instantMergeFields: ['email'],
  conflictResolutionRules: { email: 'prefer_newer' },
};

interface World {
  answer: Answer;
  save: (entry: OutboxEntry) => Changes;
  entries: () => OutboxEntry[];
}

const shown = (value: unknown): string =>
  value === undefined ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value);

function changesOf(before: Config, after: Config): SettingsChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((key) => ({ key, before: shown(before[key]), after: shown(after[key]) }))
    .filter((change) => change.before !== change.after);
}

function issuesOf({ thresholdPercent, reviewThresholdPercent }: Config): SettingsIssue[] {
  const issues: SettingsIssue[] = [];
  for (const [field, value] of Object.entries({ thresholdPercent, reviewThresholdPercent })) {
    if (typeof value !== 'number' || value < 0 || value > 100)
      issues.push({ field, message: 'must be a number from 0 to 100' });
  }
  if (issues.length === 0 && Number(reviewThresholdPercent) > Number(thresholdPercent))
    issues.push({ field: 'reviewThresholdPercent', message: 'must not be above the merge threshold' });
  return issues;
}

/** The made-up application's part about the settings of duplicate detection. */
export function settings({ answer, save, entries }: World): Pick<Backend, 'settings' | 'changeSettings'> {
  const current = DEFAULTS;
  const basedOn = 'settings-1';
  const pending = () =>
    entries().find(
      ({ kind, state }) => kind === 'settings' && ['queued', 'conflict', 'refused'].includes(state),
    ) ?? null;
  return {
    settings: () =>
      answer('settings', null, () => ({
        current: JSON.stringify(current),
        basedOn,
        readAt: new Date().toISOString(),
        pending: pending(),
      })),
    changeSettings: (request) =>
      answer('changeSettings', request, () => {
        if (request.basedOn !== basedOn) {
          const message = 'The settings have changed since you looked at them.';
          throw new Refusal({ code: 'stale', message, hint: null, field: null });
        }
        const wanted = JSON.parse(request.wanted) as Config;
        const issues = issuesOf(wanted);
        const changes = changesOf(current, wanted);
        if (request.dryRun || issues.length > 0 || changes.length === 0)
          return { issues, changes, entry: null, screen: null };
        const what = { opId: request.opId, kind: 'settings', subject: 'sandbox' };
        const entry = fresh({ ...what, title: 'Settings of duplicate detection' }, 8000);
        return { issues, changes, entry, screen: save(entry) };
      }),
  };
}
