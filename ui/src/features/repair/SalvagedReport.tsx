import { CircleAlert, CircleCheck, CircleSlash, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SalvagedView } from '../../ipc/bindings';
import { Button } from '../../shared/ui/Button';
import styles from './Repair.module.css';

interface Props {
  salvaged: SalvagedView;
  onDone: () => void;
  onOutbox: () => void;
}

/** What was carried over, in numbers; what was lost, plainly; and where the damaged file is. */
export function SalvagedReport({ salvaged, onDone, onOutbox }: Props) {
  const { t } = useTranslation();
  const { entries, drafts, lostRows, needsPerson, keptAs } = salvaged;
  return (
    <main className={styles.page} data-testid="salvaged" aria-labelledby="salvaged-title">
      <div className={styles.column}>
        <h1 id="salvaged-title" className={styles.title}>
          {t(entries + drafts > 0 ? 'files.salvaged.title' : 'files.salvaged.titleNone')}
        </h1>
        <ul className={styles.report}>
          <li className={entries > 0 ? styles.good : undefined}>
            {entries > 0 ? <CircleCheck aria-hidden="true" /> : <CircleSlash aria-hidden="true" />}
            <span data-testid="salvaged-entries">{t('files.salvaged.entries', { count: entries })}</span>
          </li>
          {drafts > 0 && (
            <li className={styles.good}>
              <CircleCheck aria-hidden="true" />
              <span data-testid="salvaged-drafts">{t('files.salvaged.drafts', { count: drafts })}</span>
            </li>
          )}
          <li className={lostRows > 0 ? styles.lost : styles.good}>
            {lostRows > 0 ? <TriangleAlert aria-hidden="true" /> : <CircleCheck aria-hidden="true" />}
            <span data-testid="salvaged-lost">
              {lostRows > 0 ? t('files.salvaged.lost', { count: lostRows }) : t('files.salvaged.lostNone')}
            </span>
          </li>
          {needsPerson > 0 && (
            <li className={styles.needs}>
              <CircleAlert aria-hidden="true" />
              <span data-testid="salvaged-needs-person">
                {t('files.salvaged.needsPerson', { count: needsPerson })}
              </span>
            </li>
          )}
        </ul>
        <div>
          <p className={styles.second}>{t('files.salvaged.keptAs')}</p>
          <p className={styles.path} data-selectable data-testid="salvaged-kept-as">
            {keptAs}
          </p>
        </div>
        <div className={styles.ways}>
          {needsPerson > 0 && (
            <Button onPress={onOutbox} data-testid="salvaged-outbox">
              {t('files.salvaged.toOutbox')}
            </Button>
          )}
          <Button look="lead" onPress={onDone} autoFocus data-testid="salvaged-done">
            {t('files.salvaged.goOn')}
          </Button>
        </div>
      </div>
    </main>
  );
}
