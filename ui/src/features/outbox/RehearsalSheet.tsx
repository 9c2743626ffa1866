import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutboxEntry } from '../../ipc/bindings';
import { announce } from '../../shared/announce/announce';
import { count } from '../../shared/numbers';
import { Button } from '../../shared/ui/Button';
import { Notice } from '../../shared/ui/Notice';
import { Sheet } from '../../shared/ui/Sheet';
import styles from './Rehearsal.module.css';
import { RehearsalGroup } from './RehearsalGroup';
import { SendValid } from './SendValid';
import { useRehearsal, VERDICTS } from './useRehearsal';

/** Compares what waits with the server, as it is done before sending, and says what sending would find. Sends nothing. */
export function RehearsalSheet({ entries, onClose }: { entries: OutboxEntry[]; onClose: () => void }) {
  const { t } = useTranslation();
  const { findings, total, running, stop } = useRehearsal(entries);
  const groups = VERDICTS.map((verdict) => ({
    verdict,
    found: findings.filter((each) => each.verdict === verdict),
  })).filter(({ found }) => found.length > 0);
  const valid = findings.filter(({ verdict }) => verdict === 'valid').map(({ entry }) => entry);
  const done = { done: count(findings.length), total: count(total) };
  const whole = !running && findings.length === total;
  const summary = groups
    .map(({ verdict, found }) =>
      t('rehearsal.group', { title: t(`rehearsal.${verdict}`), count: found.length }),
    )
    .join(' · ');
  useEffect(() => {
    if (!running && summary !== '') announce(summary);
  }, [running, summary]);
  return (
    <Sheet
      title={t('rehearsal.title')}
      isOpen
      wide
      onClose={onClose}
      data-testid="rehearsal-sheet"
      actions={
        <>
          {running ? (
            <Button onPress={stop} data-testid="rehearsal-stop">
              {t('rehearsal.stop')}
            </Button>
          ) : (
            <SendValid entries={valid} />
          )}
          <Button command="escape" onPress={onClose} data-testid="rehearsal-close">
            {t('close')}
          </Button>
        </>
      }
    >
      <p className={styles.lead}>{t('rehearsal.lead')}</p>
      {total === 0 && <p>{t('rehearsal.nothing')}</p>}
      {!whole && (
        <div className={styles.progress}>
          <progress value={findings.length} max={Math.max(1, total)} aria-label={t('rehearsal.running')} />
          <span data-testid="rehearsal-progress">
            {t(running ? 'rehearsal.progress' : 'rehearsal.stopped', done)}
          </span>
        </div>
      )}
      {whole && valid.length === total && total > 0 && <Notice tone="calm">{t('rehearsal.allValid')}</Notice>}
      {groups.map(({ verdict, found }) => (
        <RehearsalGroup key={verdict} verdict={verdict} found={found} onLeave={onClose} />
      ))}
    </Sheet>
  );
}
