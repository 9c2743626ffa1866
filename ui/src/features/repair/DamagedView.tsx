import { LifeBuoy } from 'lucide-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useBackend } from '../../ipc/BackendContext';
import type { DamagedView as Damaged, SalvagedView } from '../../ipc/bindings';
import { Button } from '../../shared/ui/Button';
import { Failure } from '../../shared/ui/Failure';
import { useAction } from '../../shared/useAction';
import { OtherAccounts } from './OtherAccounts';
import styles from './Repair.module.css';

interface Props {
  damaged: Damaged;
  onSalvaged: (salvaged: SalvagedView) => void;
  /** Leads to signing in elsewhere. */
  onConnect: () => void;
}

/** In place of everything while the outbox of the account cannot be opened: what happened, and the way on. */
export function DamagedView({ damaged: { accountId, title }, onSalvaged, onConnect }: Props) {
  const { t } = useTranslation();
  const backend = useBackend();
  const { run, busy, refusal } = useAction(
    useCallback(async () => onSalvaged(await backend.salvage(accountId)), [backend, accountId, onSalvaged]),
  );
  return (
    <main className={styles.page} data-testid="damaged" aria-labelledby="damaged-title">
      <div className={styles.column}>
        <LifeBuoy aria-hidden="true" className={styles.icon} />
        <h1 id="damaged-title" className={styles.title}>
          {t('files.damaged.title')}
        </h1>
        <p>{t('files.damaged.what', { who: title })}</p>
        <p>
          <strong>{t('files.damaged.kept')}</strong>
        </p>
        <p>{t('files.damaged.means')}</p>
        {refusal && <Failure refusal={refusal} />}
        <div>
          <Button look="lead" isDisabled={busy} onPress={() => void run()} autoFocus data-testid="salvage">
            {t(busy ? 'files.damaged.salvaging' : 'files.damaged.salvage')}
          </Button>
        </div>
        <OtherAccounts not={accountId} isDisabled={busy} onConnect={onConnect} />
      </div>
    </main>
  );
}
