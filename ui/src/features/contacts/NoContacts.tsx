import { SearchX, UserSearch } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ContactsFound } from '../../ipc/bindings';
import { Button } from '../../shared/ui/Button';
import { Empty } from '../../shared/ui/Empty';

interface Props {
  answer: { text: string; found: ContactsFound };
  onAgain: () => void;
}

/** Nobody to show: nothing was looked for yet, or nobody is called that. */
export function NoContacts({ answer: { text, found }, onAgain }: Props) {
  const { t } = useTranslation();
  if (text === '') {
    return (
      <Empty icon={<UserSearch />} title={t('contacts.start')}>
        {t('contacts.startMeans')}
      </Empty>
    );
  }
  const again = found.fromServer ? null : <Button onPress={onAgain}>{t('again')}</Button>;
  return (
    <Empty icon={<SearchX />} title={t('contacts.none', { text })} actions={again}>
      {t(found.fromServer ? 'contacts.noneAnywhere' : 'contacts.noneHere')}
    </Empty>
  );
}
