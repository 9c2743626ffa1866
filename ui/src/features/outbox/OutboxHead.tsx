import { ScanSearch } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { count } from '../../shared/numbers';
import { navigate } from '../../shared/route';
import { Button } from '../../shared/ui/Button';
import { SearchField } from '../../shared/ui/SearchField';
import { SECTIONS, type Section } from './lines';
import styles from './Outbox.module.css';

interface Props {
  counts: Record<Section, number>;
  /** How many there are by name; `null` before they are read. */
  total: number | null;
  only: Section | undefined;
  text: string;
  onText: (text: string) => void;
  onEnter: () => void;
  onRehearse: () => void;
  /** Why there is nothing to look at before sending. */
  noRehearsal: string | undefined;
}

/** How many there are, which of them are shown, the search, and the look before sending. */
export function OutboxHead(props: Props) {
  const { t } = useTranslation();
  const { counts, total, only, text, onText, onEnter, onRehearse, noRehearsal } = props;
  const show = (section?: Section) => navigate({ screen: 'outbox', only: section });
  const chip = (section: Section | undefined, words: string, number: number) => (
    <AriaButton
      key={words}
      className={`${styles.chip} ${section === 'needsYou' && number > 0 ? styles.urgent : ''}`}
      aria-pressed={only === section}
      onPress={() => show(section)}
      data-testid={`outbox-chip-${section ?? 'all'}`}
    >
      {words} <span className={styles.number}>{count(number)}</span>
    </AriaButton>
  );
  return (
    <header className={styles.head}>
      <h1 id="outbox-title" className={styles.title}>
        {t('outbox.title')}
      </h1>
      <span className={styles.total} role="status">
        {total === null ? '' : t('outbox.total', { count: total })}
      </span>
      <SearchField
        label={t('outbox.search')}
        value={text}
        onChange={onText}
        onEnter={onEnter}
        onClear={() => {
          onText('');
          onEnter();
        }}
        testId="outbox-search"
      />
      <Button
        icon={<ScanSearch />}
        label={noRehearsal ?? t('rehearsal.button')}
        folds
        command="rehearse"
        isDisabled={noRehearsal !== undefined}
        onPress={onRehearse}
        data-testid="outbox-rehearse"
      >
        {t('rehearsal.button')}
      </Button>
      {total !== null && (
        <fieldset className={styles.chips} aria-label={t('outbox.filter')}>
          {chip(undefined, t('outbox.all'), total)}
          {SECTIONS.map((section) => chip(section, t(`outbox.section.${section}`), counts[section]))}
        </fieldset>
      )}
    </header>
  );
}
