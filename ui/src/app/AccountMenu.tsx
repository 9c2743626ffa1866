import { ChevronsUpDown } from 'lucide-react';
import { useCallback, useState } from 'react';
import {
  Button,
  Header,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
} from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { SignOutSheet } from '../features/leaving/SignOutSheet';
import { useSignOut } from '../features/leaving/useSignOut';
import { useBackend } from '../ipc/BackendContext';
import type { AccountView } from '../ipc/bindings';
import { toRefusal } from '../ipc/refusal';
import { registry } from '../shared/keys/registry';
import { prefer, usePreferences } from '../shared/preferences';
import { useSession } from '../shared/session/SessionContext';
import { useReadOnly } from '../shared/session/useReadOnly';
import { toast } from '../shared/toasts';
import styles from './AccountMenu.module.css';
import { ResetSheet } from './ResetSheet';

/** Who is signed in where, whether the server answers, and what belongs to the account and the look. */
export function AccountMenu() {
  const { t } = useTranslation();
  const backend = useBackend();
  const [resetting, setResetting] = useState(false);
  const account = useSession((session) => session.account);
  const accounts = useSession((session) => session.accounts);
  const connection = useSession((session) => session.status.connection);
  const { theme, density } = usePreferences();
  const attempt = useCallback((call: Promise<unknown>) => {
    call.catch((thrown: unknown) => toast({ tone: 'alert', text: toRefusal(thrown).message }));
  }, []);
  const { signOut, asking, close } = useSignOut(account?.id);
  const readOnly = useReadOnly();
  if (!account) return null;

  const others = accounts.filter((each) => each.id !== account.id);
  const act = (key: string) => {
    if (key.startsWith('use:')) attempt(backend.switchAccount(key.slice(4)));
    else if (key === 'signOut') signOut();
    else if (key === 'reset') setResetting(true);
    else if (key === 'light' || key === 'dark' || key === 'system') prefer({ theme: key });
    else if (key === 'compact' || key === 'comfortable') prefer({ density: key });
    else if (key === 'add') setTimeout(() => registry.run('addAccount'), 0);
    else if (key === 'supports') setTimeout(() => registry.run('supports'), 0);
  };
  const chosen = [theme, density];
  const item = (id: string, label: string) => (
    <MenuItem key={id} id={id} className={styles.item} textValue={label}>
      <span className={styles.tick} aria-hidden="true">
        {chosen.includes(id as typeof theme) ? '✓' : ''}
      </span>
      {label}
    </MenuItem>
  );
  return (
    <>
      <MenuTrigger>
        <Button className={styles.button} aria-label={t('account.menu')} data-testid="account-menu">
          <span className={`${styles.dot} ${styles[connection]}`} aria-hidden="true" />
          <span className={styles.words}>
            <span className={styles.connection} data-testid="connection">
              {t(`connection.${connection}`)}
            </span>
            <span className={styles.where}>{where(account, t('account.sandbox'))}</span>
          </span>
          <ChevronsUpDown aria-hidden="true" className={styles.chevron} />
        </Button>
        <Popover className={styles.popover} placement="top start">
          <Menu
            className={styles.menu}
            disabledKeys={
              readOnly === null ? [] : [...others.map(({ id }) => `use:${id}`), 'add', 'reset', 'signOut']
            }
            onAction={(key) => act(String(key))}
          >
            <MenuSection aria-label={t('account.accounts')}>
              {readOnly !== null && <Header className={styles.off}>{readOnly}</Header>}
              {others.map((each) =>
                item(`use:${each.id}`, t('account.use', { who: where(each, t('account.sandbox')) })),
              )}
              {item('add', t('command.addAccount'))}
              {item('supports', t('command.supports'))}
              {account.sandbox ? item('reset', t('account.reset')) : null}
              {item('signOut', t('account.signOut'))}
            </MenuSection>
            <Separator className={styles.rule} />
            <MenuSection aria-label={t('account.look')}>
              {item('system', t('command.themeSystem'))}
              {item('light', t('command.themeLight'))}
              {item('dark', t('command.themeDark'))}
            </MenuSection>
            <Separator className={styles.rule} />
            <MenuSection aria-label={t('account.density')}>
              {item('comfortable', t('account.comfortable'))}
              {item('compact', t('account.compact'))}
            </MenuSection>
          </Menu>
        </Popover>
      </MenuTrigger>
      {asking && <SignOutSheet accountId={account.id} work={asking} onClose={close} />}
      <ResetSheet isOpen={resetting} onClose={() => setResetting(false)} />
    </>
  );
}

function where(account: AccountView, sandbox: string): string {
  return account.sandbox ? sandbox : `${account.person} · ${account.origin.replace(/^https?:\/\//, '')}`;
}
