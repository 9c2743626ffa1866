import type { TFunction } from 'i18next';
import { exact } from '../../shared/numbers';
import { fieldName } from '../../shared/ui/fieldName';
import { MODES, PREFER_NEWER, pathsOf, type Rule, resolutionsOf, rulesOf, written } from './model';

/** A path as people read it: its name first, then the path itself, which alone tells two of a name apart. */
export const pathWords = (t: TFunction, path: string): string => `${fieldName(t, path)} (${path})`;

/** How a field is compared; a mode that nobody knows as it is written. */
export function modeWords(t: TFunction, mode: string): string {
  return MODES.some((each) => each === mode) ? t(`settings.matchMode.${mode}`) : mode;
}

function ruleWords(t: TFunction, { field, weight, matchMode }: Rule): string {
  const name = typeof field === 'string' ? pathWords(t, field) : written(field);
  const words = { name, weight: typeof weight === 'number' ? exact(weight) : written(weight) };
  return t('settings.ruleWords', { ...words, mode: modeWords(t, written(matchMode)) });
}

function resolutionWords(t: TFunction, [path, rule]: [string, unknown]): string {
  const words = rule === PREFER_NEWER ? t('settings.preferNewer') : written(rule);
  return `${pathWords(t, path)}: ${words}`;
}

/** A value of a key, as people read it. */
export function valueWords(t: TFunction, key: string, value: unknown): string {
  if (value === undefined || value === null) return t('settings.notSet');
  const list = (words: string[] | undefined) =>
    words ? words.join(', ') || t('settings.none') : written(value);
  switch (key) {
    case 'thresholdPercent':
    case 'reviewThresholdPercent':
      return typeof value === 'number' ? `${exact(value)} %` : written(value);
    case 'candidateLimit':
      return typeof value === 'number' ? exact(value) : written(value);
    case 'lookupTriggerFields':
    case 'instantMergeFields':
      return list(pathsOf(value)?.map((path) => pathWords(t, path)));
    case 'customFields':
      return list(rulesOf(value)?.map((rule) => ruleWords(t, rule)));
    case 'conflictResolutionRules':
      return list(resolutionsOf(value)?.map((each) => resolutionWords(t, each)));
    default:
      return written(value);
  }
}
