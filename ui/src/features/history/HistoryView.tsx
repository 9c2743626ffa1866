import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../shared/ui/Button';
import { Failure } from '../../shared/ui/Failure';
import { Skeleton } from '../../shared/ui/Skeleton';
import { useResting } from '../../shared/useResting';
import styles from './History.module.css';
import { HistoryList } from './HistoryList';
import { HistoryToolbar } from './HistoryToolbar';
import { NoHistory } from './NoHistory';
import { useHistory } from './useHistory';

/** How long typing rests before it is searched for, in milliseconds. */
const REST = 150;

const LIST = 'history-list';

/** What was decided and is settled: what was predicted, and what the server made of it. */
export function HistoryView() {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [kind, setKind] = useState<string | null>(null);
  const [different, setDifferent] = useState(false);
  const text = useResting(typed.trim(), REST);
  const filter = useMemo(() => ({ text, kind, different }), [text, kind, different]);
  const { loaded, refusal, reading, reload, more } = useHistory(filter);
  const all = () => {
    setTyped('');
    setKind(null);
    setDifferent(false);
  };
  const toList = () => document.getElementById(LIST)?.querySelector<HTMLElement>('[data-entry]')?.focus();
  return (
    <section
      className={styles.view}
      data-testid="history"
      aria-labelledby="history-title"
      aria-busy={reading}
    >
      <HistoryToolbar
        filter={{ text: typed, kind, different }}
        onText={setTyped}
        onKind={setKind}
        onDifferent={setDifferent}
        onEnter={toList}
      />
      {refusal && (
        <div className={styles.failure}>
          <Failure refusal={refusal} actions={<Button onPress={reload}>{t('again')}</Button>} />
        </div>
      )}
      {!loaded && !refusal && <Skeleton rows={10} />}
      {loaded?.entries.length === 0 && !refusal && <NoHistory filter={loaded.filter} onAll={all} />}
      {loaded && loaded.entries.length > 0 && (
        <HistoryList
          id={LIST}
          entries={loaded.entries}
          next={loaded.next}
          reading={reading}
          stopped={refusal !== null}
          onMore={more}
        />
      )}
    </section>
  );
}
