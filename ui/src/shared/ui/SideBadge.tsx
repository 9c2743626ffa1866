import { useTranslation } from 'react-i18next';
import type { SeparationSide, SideName } from '../../ipc/bindings';
import styles from './SideBadge.module.css';

/** The mark of a side: its letter in a circle of its colour. */
export function SideBadge({ side, named = false }: { side: SideName | SeparationSide; named?: boolean }) {
  const { t } = useTranslation();
  return (
    <span className={styles.wrap}>
      <span className={`${styles.badge} ${styles[side]}`} aria-hidden="true">
        {t(`side.${side}.letter`)}
      </span>
      {named ? (
        <span>{t(`side.${side}.name`)}</span>
      ) : (
        <span className="visually-hidden">{t(`side.${side}.name`)}</span>
      )}
    </span>
  );
}
