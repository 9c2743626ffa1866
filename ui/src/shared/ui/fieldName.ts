import type { TFunction } from 'i18next';

/** A field's name for people; one that nobody named is its path in words ("misc.favouriteColour" → "Favourite colour"). */
export function fieldName(t: TFunction, path: string): string {
  const last = path.split('.').at(-1) ?? path;
  const words = last
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .trim()
    .toLowerCase();
  const plain = words.charAt(0).toUpperCase() + words.slice(1);
  return t(`field.${path.replaceAll('.', '_')}`, { defaultValue: plain || path });
}
