import { PencilLine, Split } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ContactHit } from '../../ipc/bindings';
import { Ago } from '../../shared/ui/Ago';
import styles from './Contacts.module.css';

interface Props {
  contact: ContactHit;
  current: boolean;
  onFocus: () => void;
  onOpen: () => void;
}

/** A contact in a line; pressing it opens its separation. */
export function ContactRow({ contact, current, onFocus, onOpen }: Props) {
  const { t } = useTranslation();
  const { contactId, name, email, phone, phones, draftAt } = contact;
  return (
    <li>
      <button
        type="button"
        data-entry
        className={`${styles.row} ${current ? styles.current : ''}`}
        onFocus={onFocus}
        onClick={onOpen}
        data-testid={`contact-${contactId}`}
      >
        <span className={styles.who}>
          <span className={styles.name}>{name || t('contacts.nameless')}</span>
          {draftAt !== null && (
            <span className={styles.draft}>
              <PencilLine aria-hidden="true" />
              {t('contacts.begun')} <Ago time={draftAt} />
            </span>
          )}
        </span>
        <span className={styles.value}>{email || t('contacts.noEmail')}</span>
        <span className={styles.value}>
          {phone || t('contacts.noPhone')}
          {phones > 1 && (
            <span className={styles.more}> {t('contacts.morePhones', { count: phones - 1 })}</span>
          )}
        </span>
        <span className={styles.act}>
          <Split aria-hidden="true" />
          {t(draftAt === null ? 'contacts.separate' : 'contacts.goOn')}
        </span>
      </button>
    </li>
  );
}
