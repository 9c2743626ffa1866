import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useBackend } from '../../ipc/BackendContext';
import type { AccountView } from '../../ipc/bindings';
import { useSession } from '../../shared/session/SessionContext';
import { useReadOnly } from '../../shared/session/useReadOnly';
import { Button } from '../../shared/ui/Button';
import { Failure } from '../../shared/ui/Failure';
import { useAction } from '../../shared/useAction';
import styles from './Connect.module.css';

/** Accounts of this machine that are signed in, to go on with. */
export function Accounts({ enter }: { enter: (how: () => Promise<unknown>) => Promise<void> }) {
  const { t } = useTranslation();
  const accounts = useSession((session) => session.accounts).filter((each) => each.signedIn && !each.sandbox);
  if (accounts.length === 0) return null;
  return (
    <section aria-labelledby="accounts-title">
      <h2 id="accounts-title" className={styles.head}>
        {t('connect.accounts')}
      </h2>
      <ul>
        {accounts.map((account) => (
          <Account key={account.id} account={account} enter={enter} />
        ))}
      </ul>
    </section>
  );
}

interface Props {
  account: AccountView;
  enter: (how: () => Promise<unknown>) => Promise<void>;
}

function Account({ account: { id, person, organization, origin }, enter }: Props) {
  const { t } = useTranslation();
  const backend = useBackend();
  const readOnly = useReadOnly() !== null;
  const { run, busy, refusal } = useAction(
    useCallback(() => enter(() => backend.switchAccount(id)), [enter, backend, id]),
  );
  return (
    <li className={styles.account}>
      <div className={styles.cardText}>
        <p>{person}</p>
        <p className={styles.second}>
          {organization} · {origin}
        </p>
        {refusal && <Failure refusal={refusal} />}
      </div>
      <Button isDisabled={busy || readOnly} onPress={() => void run()}>
        {t('connect.goOn')}
      </Button>
    </li>
  );
}
