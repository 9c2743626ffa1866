import { useTranslation } from 'react-i18next';
import { navigate } from '../../shared/route';
import { Button } from '../../shared/ui/Button';
import { Failure } from '../../shared/ui/Failure';
import { SearchField } from '../../shared/ui/SearchField';
import { Skeleton } from '../../shared/ui/Skeleton';
import { useRows } from '../../shared/useRows';
import { ContactRow } from './ContactRow';
import styles from './Contacts.module.css';
import { NoContacts } from './NoContacts';
import { forgetSearch, searchFor, useSearchText } from './search';
import { useContacts } from './useContacts';
import { Whence } from './Whence';

/** Looks for a contact that is two people. Without a text: the separations that were begun. */
export function ContactsView() {
  const { t } = useTranslation();
  const text = useSearchText((search) => search.text);
  const { answer, refusal, searching, again } = useContacts(text);
  const contacts = answer?.found.contacts ?? [];
  const open = (index: number) => {
    const contact = contacts[index];
    if (contact) {
      navigate({ screen: 'separation', contactId: contact.contactId, from: { screen: 'contacts' } });
    }
  };
  const { list, current, setCurrent, go } = useRows({ length: contacts.length, onOpen: open, quiet: true });
  const begun = answer?.text === '';
  return (
    <section
      className={styles.view}
      data-testid="contacts"
      aria-labelledby="contacts-title"
      aria-busy={searching}
    >
      <header className={styles.head}>
        <h1 id="contacts-title" className={styles.title}>
          {t('contacts.title')}
        </h1>
        <p className={styles.whence} role="status" data-testid="contacts-whence">
          <Whence answer={answer} searching={searching} />
        </p>
        <SearchField
          label={t('contacts.search')}
          value={text}
          onChange={searchFor}
          onEnter={() => go(0)}
          onClear={forgetSearch}
          testId="contacts-search"
          autoFocus
        />
      </header>
      {refusal && (
        <div className={styles.failure}>
          <Failure refusal={refusal} actions={<Button onPress={again}>{t('again')}</Button>} />
        </div>
      )}
      {!answer && searching && <Skeleton rows={8} />}
      {answer && contacts.length === 0 && <NoContacts answer={answer} onAgain={again} />}
      {contacts.length > 0 && (
        <div className={`${styles.scroll} own-scrollbar`}>
          {begun && <h2 className={styles.group}>{t('contacts.drafts')}</h2>}
          <ul ref={list} aria-label={t(begun ? 'contacts.drafts' : 'contacts.title')}>
            {contacts.map((contact, index) => (
              <ContactRow
                key={contact.contactId}
                contact={contact}
                current={index === current}
                onFocus={() => setCurrent(index)}
                onOpen={() => open(index)}
              />
            ))}
          </ul>
          {answer?.found.more && <p className={styles.foot}>{t('contacts.more')}</p>}
        </div>
      )}
    </section>
  );
}
