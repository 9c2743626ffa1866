import { ArrowLeft } from 'lucide-react';
import { type ReactNode, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useBackend } from '../../ipc/BackendContext';
import { useCommand } from '../../shared/keys/useCommand';
import { useSession, useSessionStore } from '../../shared/session/SessionContext';
import { Button } from '../../shared/ui/Button';
import { Mark } from '../../shared/ui/Mark';
import { useAction } from '../../shared/useAction';
import { Accounts } from './Accounts';
import styles from './Connect.module.css';
import { SandboxCard } from './SandboxCard';
import { SignInForm } from './SignInForm';

interface Props {
  /** What is to be known before anything else. */
  above?: ReactNode;
  /** Called once an account is in use. */
  onDone: () => void;
  /** Offered where there is something to go back to. */
  onCancel?: () => void;
}

/** The way in: the sandbox, or an instance of one's own. */
export function ConnectView({ above, onDone, onCancel }: Props) {
  const { t } = useTranslation();
  const backend = useBackend();
  const session = useSessionStore();
  const account = useSession((each) => each.account);
  const signedOut = account && !account.signedIn && !account.sandbox ? account : null;
  useCommand('back', onCancel ?? null);
  useCommand('escape', onCancel ?? null);

  const enter = useCallback(
    async (how: () => Promise<unknown>) => {
      await how();
      await session.open();
      onDone();
    },
    [session, onDone],
  );
  const sandbox = useAction(useCallback(() => enter(() => backend.connectSandbox()), [enter, backend]));
  return (
    <main className={styles.page} data-testid="connect">
      {above}
      <div className={styles.column}>
        {onCancel && (
          <div>
            <Button look="quiet" icon={<ArrowLeft />} onPress={onCancel}>
              {t('connect.back')}
            </Button>
          </div>
        )}
        <header>
          <Mark className={styles.mark} />
          <h1 className={styles.title}>Cleave</h1>
          <p className={styles.lead}>{t('connect.lead')}</p>
        </header>
        <SandboxCard action={sandbox} />
        <Accounts enter={enter} />
        <SignInForm enter={enter} origin={signedOut?.origin ?? ''} />
        <Foot />
      </div>
    </main>
  );
}

function Foot() {
  const { t } = useTranslation();
  const secrets = useSession((each) => each.secrets);
  const version = useSession((each) => each.version);
  return (
    <footer className={styles.foot}>
      {secrets} {t('supports.version', { version })}
    </footer>
  );
}
