import { useTranslation } from 'react-i18next';
import type { SeparationSide } from '../../ipc/bindings';
import { fieldName } from '../../shared/ui/fieldName';
import { SideBadge } from '../../shared/ui/SideBadge';
import styles from './Outbox.module.css';

const isSide = (word: string | undefined): word is SeparationSide => word === 'original' || word === 'new';

/** The line and the side that the server's refusal points at (`phoneNumber.new`), in words. */
export function RefusedAt({ place }: { place: string }) {
  const { t } = useTranslation();
  const parts = place.split('.');
  const last = parts.at(-1);
  const side = parts.length > 1 && isSide(last) ? last : null;
  const path = side ? parts.slice(0, -1).join('.') : place;
  return (
    <p className={styles.refusedAt} data-testid="outbox-refused-at">
      <span className={styles.second}>{t('outbox.refusedAt')}</span> {fieldName(t, path)}
      {side && <SideBadge side={side} named />}
    </p>
  );
}
