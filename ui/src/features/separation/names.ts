import type { TFunction } from 'i18next';
import type { SeparationSide, SplitLine } from '../../ipc/bindings';

/** How a contact is called by what is typed in its names; empty while nothing is. */
export function nameOf(lines: SplitLine[], side: SeparationSide): string {
  return lines
    .filter((line) => line.kind === 'name')
    .map((line) => line[side].shown || line[side].text)
    .filter(Boolean)
    .join(' ');
}

export const other = (side: SeparationSide): SeparationSide => (side === 'original' ? 'new' : 'original');

/** What a line is called in this language; a key of `misc` or a document goes by its own name. */
export const lineName = (t: TFunction, { path, label }: SplitLine): string =>
  t(`field.${path.replaceAll('.', '_')}`, { defaultValue: label });
