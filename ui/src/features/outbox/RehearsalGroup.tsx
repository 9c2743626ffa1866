import {
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CircleSlash,
  GitCompareArrows,
  Hourglass,
  Send,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Rehearsed } from '../../ipc/bindings';
import { count } from '../../shared/numbers';
import { navigate } from '../../shared/route';
import { Button } from '../../shared/ui/Button';
import styles from './Rehearsal.module.css';
import type { Finding } from './useRehearsal';

const ICONS: Record<Rehearsed, typeof Send> = {
  valid: CircleCheck,
  moot: CircleDashed,
  changed: GitCompareArrows,
  gone: CircleSlash,
  waits: Hourglass,
  notWaiting: Send,
  unknown: CircleHelp,
};

/** So many of a group are named; a number says how many more there are. */
const NAMED = 50;

interface Props {
  verdict: Rehearsed;
  found: Finding[];
  /** Closes the sheet before going elsewhere. */
  onLeave: () => void;
}

/** Decisions of which sending would find the same, named; those that changed lead to the comparison. */
export function RehearsalGroup({ verdict, found, onLeave }: Props) {
  const { t } = useTranslation();
  const Icon = ICONS[verdict];
  const compare = (opId: string) => {
    onLeave();
    navigate({ screen: 'conflict', opId });
  };
  return (
    <details
      className={`${styles.group} ${styles[verdict]}`}
      open={verdict !== 'valid'}
      data-testid={`rehearsal-${verdict}`}
    >
      <summary className={styles.head}>
        <Icon aria-hidden="true" />
        {t(`rehearsal.${verdict}`)} <span className={styles.number}>{count(found.length)}</span>
      </summary>
      <ul className={styles.found}>
        {found.slice(0, NAMED).map(({ entry, words }) => (
          <li key={entry.opId} className={styles.finding}>
            <span className={styles.words} data-selectable>
              <span>{entry.title}</span>
              <span className={styles.second}>{words}</span>
            </span>
            {verdict === 'changed' && (
              <Button
                aria-label={t('rehearsal.compare', { title: entry.title })}
                onPress={() => compare(entry.opId)}
                data-testid={`rehearsal-compare-${entry.opId}`}
              >
                {t('outbox.compare')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {found.length > NAMED && (
        <p className={styles.second}>{t('rehearsal.more', { count: found.length - NAMED })}</p>
      )}
    </details>
  );
}
