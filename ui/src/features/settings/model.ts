/** The documented configuration, with every key that the server sent. */
export type Config = Readonly<Record<string, unknown>>;

/** The documented keys that can be set, in the order of the screen. */
export const KEYS = [
  'thresholdPercent',
  'reviewThresholdPercent',
  'candidateLimit',
  'customFields',
  'lookupTriggerFields',
  'instantMergeFields',
  'conflictResolutionRules',
] as const;

export type Key = (typeof KEYS)[number];

export const isKey = (key: string): key is Key => KEYS.some((each) => each === key);

/** One more field to compare; what else the server keeps with it stays. */
export type Rule = Readonly<Record<string, unknown>>;

/** The modes that the contract knows. */
export const MODES = ['fuzzy_string', 'exact_normalized'] as const;

/** The one rule that the contract ever shows for a field that differs. */
export const PREFER_NEWER = 'prefer_newer';

/** Paths that every contact may have; any other can be typed. */
export const KNOWN_PATHS = [
  'firstName',
  'lastName',
  'email',
  'phoneNumber',
  'secondaryPhoneNumber',
  'dateOfBirth',
  'company',
  'address.streetAddress',
  'address.city',
  'address.state',
  'address.postalCode',
  'address.country',
] as const;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads a configuration; `null` for what is none. */
export function parseConfig(text: string | null): Config | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, ordered(value[key])]),
  );
}

/** Whether two values are written alike, whatever the order of their keys. What they mean is the application's to say. */
export const same = (one: unknown, other: unknown): boolean =>
  JSON.stringify(ordered(one)) === JSON.stringify(ordered(other));

/** A list of paths; `null` where the server has something else there. */
export function pathsOf(value: unknown): string[] | null {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) && value.every((path) => typeof path === 'string') ? value : null;
}

/** The custom fields; `null` where the server has something else there. */
export function rulesOf(value: unknown): Rule[] | null {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) && value.every(isObject) ? value : null;
}

/** The rules for fields that differ; `null` where the server has something else there. */
export function resolutionsOf(value: unknown): [string, unknown][] | null {
  if (value === undefined || value === null) return [];
  return isObject(value) ? Object.entries(value) : null;
}

/** What was typed as a number where it is one, with a comma or a point; otherwise as it was typed, to be judged. */
export function typedNumber(text: string): number | string {
  const plain = text.trim().replace(',', '.');
  return /^-?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : text;
}

/** A value in one line. */
export const written = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
