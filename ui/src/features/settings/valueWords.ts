import type { TFunction } from 'i18next';
import { pathsOf, resolutionsOf, rulesOf, written } from './model';

/** A value of a key, as people read it. */
export function valueWords(t: TFunction, key: string, value: unknown): string {
  if (value === undefined || value === null) return t('settings.notSet');
  const list = (words: string[]) => (words.length > 0 ? words.join(', ') : t('settings.none'));
  if (key === 'thresholdPercent' || key === 'reviewThresholdPercent')
    return typeof value === 'number' ? `${value.toLocaleString()} %` : written(value);
  if (key === 'lookupTriggerFields' || key === 'instantMergeFields') {
    const paths = pathsOf(value);
    return paths ? list(paths) : written(value);
  }
  if (key === 'customFields') {
    const rules = rulesOf(value);
    return rules
      ? list(rules.map(({ field, weight }) => `${written(field)} (${written(weight)})`))
      : written(value);
  }
  const resolutions = key === 'conflictResolutionRules' ? resolutionsOf(value) : null;
  return resolutions
    ? list(resolutions.map(([field, rule]) => `${field}: ${written(rule)}`))
    : written(value);
}
