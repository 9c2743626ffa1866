import { Check, CircleHelp, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Capability } from '../ipc/bindings';
import { useSession } from '../shared/session/SessionContext';
import { Sheet } from '../shared/ui/Sheet';
import styles from './SupportsSheet.module.css';

const ICONS = { yes: Check, no: X, untested: CircleHelp };

/** What the server can do, as found by asking it, and what Cleave does where it cannot. */
export function SupportsSheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const capabilities = useSession((session) => session.capabilities);
  const secrets = useSession((session) => session.secrets);
  const version = useSession((session) => session.version);
  return (
    <Sheet title={t('supports.title')} isOpen={isOpen} onClose={onClose} data-testid="supports">
      {capabilities.length === 0 && <p>{t('supports.none')}</p>}
      <ul>
        {capabilities.map((capability) => (
          <Row key={capability.route} capability={capability} />
        ))}
      </ul>
      <p className={styles.foot}>
        {secrets} {t('supports.version', { version })}
      </p>
    </Sheet>
  );
}

function Row({ capability: { label, support, grade, without } }: { capability: Capability }) {
  const { t } = useTranslation();
  const Icon = ICONS[support];
  return (
    <li className={`${styles.row} ${styles[support]}`}>
      <Icon aria-hidden="true" className={styles.icon} />
      <div>
        <p>{label}</p>
        {support === 'no' && without && <p className={styles.second}>{without}</p>}
      </div>
      <span className={styles.second}>
        {t(`supports.${support}`)} · {t(`supports.grade.${grade}`, { defaultValue: grade })}
      </span>
    </li>
  );
}
