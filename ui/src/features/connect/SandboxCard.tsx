import { FlaskConical } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useReadOnly } from '../../shared/session/useReadOnly';
import { Button } from '../../shared/ui/Button';
import { Failure } from '../../shared/ui/Failure';
import type { Action } from '../../shared/useAction';
import styles from './Connect.module.css';

/** The sandbox: everything works, nothing is real. */
export function SandboxCard({ action: { run, busy, refusal } }: { action: Action<[]> }) {
  const { t } = useTranslation();
  const readOnly = useReadOnly() !== null;
  return (
    <section className={styles.card} aria-labelledby="sandbox-title">
      <FlaskConical aria-hidden="true" className={styles.cardIcon} />
      <div className={styles.cardText}>
        <h2 id="sandbox-title" className={styles.head}>
          {t('connect.sandbox.title')}
        </h2>
        <p className={styles.second}>{t('connect.sandbox.text')}</p>
      </div>
      <Button
        look="lead"
        isDisabled={busy || readOnly}
        onPress={() => void run()}
        data-testid="connect-sandbox"
      >
        {t(busy ? 'connect.sandbox.doing' : 'connect.sandbox.open')}
      </Button>
      {refusal && (
        <div className={styles.across}>
          <Failure refusal={refusal} />
        </div>
      )}
    </section>
  );
}
