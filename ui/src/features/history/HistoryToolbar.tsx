import { useTranslation } from 'react-i18next';
import { SearchField } from '../../shared/ui/SearchField';
import styles from './History.module.css';
import type { Filter } from './useHistory';

/** The kinds as the application calls them. */
const KINDS = ['merge', 'keep-separate', 'separate'];

interface Props {
  filter: Filter;
  onText: (text: string) => void;
  onKind: (kind: string | null) => void;
  onDifferent: (different: boolean) => void;
  /** Goes to the list. */
  onEnter: () => void;
}

/** What is shown: by text, by kind, or only where the server did something else. */
export function HistoryToolbar({ filter, onText, onKind, onDifferent, onEnter }: Props) {
  const { t } = useTranslation();
  return (
    <header className={styles.head}>
      <h1 id="history-title" className={styles.title}>
        {t('history.title')}
      </h1>
      <SearchField
        label={t('history.search')}
        value={filter.text}
        onChange={onText}
        onEnter={onEnter}
        onClear={() => {
          onText('');
          onEnter();
        }}
        testId="history-search"
      />
      <select
        className={styles.select}
        aria-label={t('history.kind')}
        value={filter.kind ?? ''}
        onChange={(event) => onKind(event.target.value || null)}
        data-testid="history-kind"
      >
        <option value="">{t('history.everyKind')}</option>
        {KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {t(`decision.${kind}`)}
          </option>
        ))}
      </select>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={filter.different}
          onChange={(event) => onDifferent(event.target.checked)}
          data-testid="history-different"
        />
        {t('history.different')}
      </label>
    </header>
  );
}
