import { useTranslation } from 'react-i18next';
import type { ContactsFound } from '../../ipc/bindings';

interface Props {
  answer: { text: string; found: ContactsFound } | null;
  searching: boolean;
}

/** How many were found, and where was looked: with the server, or only here. */
export function Whence({ answer, searching }: Props) {
  const { t } = useTranslation();
  if (searching) return t('contacts.searching');
  if (!answer || (answer.text === '' && answer.found.contacts.length === 0)) return null;
  const { contacts, fromServer, more } = answer.found;
  const count = t(more ? 'contacts.first' : 'contacts.total', { count: contacts.length });
  if (answer.text === '') return count;
  return `${count} · ${t(fromServer ? 'contacts.fromServer' : 'contacts.fromCache')}`;
}
