import { useTranslation } from 'react-i18next';
import type { FieldRow, ReviewView, SideName } from '../../ipc/bindings';
import { fieldName } from '../../shared/ui/fieldName';

/** What people are told apart by, best first. */
const TELLING = ['email', 'phoneNumber', 'dateOfBirth', 'secondaryPhoneNumber', 'company'];

const textOf = (field: FieldRow, side: SideName): string =>
  field[side].segments.map(({ text }) => text).join('');

/** The field that tells two people of one name apart: preferably one that both have. */
function tellingField(fields: FieldRow[]): FieldRow | undefined {
  const known = TELLING.flatMap((path) => fields.find((field) => field.path === path) ?? []);
  return (
    known.find(({ sameness }) => sameness === 'different') ??
    known.find(({ sameness }) => sameness === 'onlySource' || sameness === 'onlyCandidate')
  );
}

/** What follows each name to tell the two apart (" (jane@example.com)"), where the names alone do not. */
export function useApart({ source, candidate, preview }: ReviewView): Record<SideName, string> {
  const { t } = useTranslation();
  const plain = (name: string) => name.trim().toLocaleLowerCase();
  const field = plain(source.name) === plain(candidate.name) ? tellingField(preview.fields) : undefined;
  const after = (side: SideName): string =>
    field ? ` (${textOf(field, side) || t('review.without', { field: fieldName(t, field.path) })})` : '';
  return { source: after('source'), candidate: after('candidate') };
}
