import { ShieldAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SideName, SideView } from '../../ipc/bindings';
import { Ago } from '../../shared/ui/Ago';
import { SideBadge } from '../../shared/ui/SideBadge';
import styles from './FieldTable.module.css';

interface Props {
  side: SideName;
  person: SideView;
  /** Whether this is the one that stays after a merge. */
  survives?: boolean;
}

/** Head of a side's column: its mark, whether it survives, and how fresh it is. */
export function Person({ side, person, survives = false }: Props) {
  const { t } = useTranslation();
  return (
    <span className={styles.person}>
      <span className={styles.side}>
        <SideBadge side={side} named />
        {survives && <span className={styles.survives}>{t('review.survives')}</span>}
        {person.protection && <ShieldAlert aria-label={t('review.protected')} className={styles.shield} />}
      </span>
      <span className={styles.fresh}>
        {person.snapshotOnly
          ? t('review.snapshotOnly')
          : person.updatedAt && (
              <>
                {t('review.updated')} <Ago time={person.updatedAt} />
              </>
            )}
      </span>
    </span>
  );
}
