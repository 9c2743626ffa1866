import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useBackend } from '../../ipc/BackendContext';
import type { AccountView } from '../../ipc/bindings';
import { useSession, useSessionStore } from '../../shared/session/SessionContext';
import { Button } from '../../shared/ui/Button';
import { Failure } from '../../shared/ui/Failure';
import { useAction } from '../../shared/useAction';
import styles from './Repair.module.css';

interface Props {
  /** The account that cannot be used. */
  not: string;
  isDisabled: boolean;
  onConnect: () => void;
}

/** The ways to everything that is not damaged. */
export function OtherAccounts({ not, isDisabled, onConnect }: Props) {
  const { t } = useTranslation();
  const backend = useBackend();
  const session = useSessionStore();
  const accounts = useSession((each) => each.accounts).filter((each) => each.id !== not);
  const { run, busy, refusal } = useAction(
    useCallback(
      async (id: string) => {
        await backend.switchAccount(id);
        await session.open();
      },
      [backend, session],
    ),
  );
  const off = isDisabled || busy;
  return (
    <section className={styles.others} aria-labelledby="others-title">
      <h2 id="others-title" className={styles.second}>
        {t('files.damaged.others')}
      </h2>
      <div className={styles.ways}>
        {accounts.map((account) => (
          <Button
            key={account.id}
            isDisabled={off}
            onPress={() => void run(account.id)}
            data-testid={`use-${account.id}`}
          >
            {t('files.damaged.use', { who: nameOf(account, t('account.sandbox')) })}
          </Button>
        ))}
        <Button look="quiet" isDisabled={off} onPress={onConnect} data-testid="damaged-connect">
          {t('files.damaged.add')}
        </Button>
      </div>
      {refusal && <Failure refusal={refusal} />}
    </section>
  );
}

const nameOf = (account: AccountView, sandbox: string): string =>
  account.sandbox ? sandbox : `${account.person} · ${account.origin.replace(/^https?:\/\//, '')}`;
