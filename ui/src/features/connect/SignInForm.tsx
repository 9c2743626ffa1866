import { useCallback, useState } from 'react';
import { Form, Radio, RadioGroup } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useBackend } from '../../ipc/BackendContext';
import type { ConnectRequest } from '../../ipc/bindings';
import { useReadOnly } from '../../shared/session/useReadOnly';
import { Button } from '../../shared/ui/Button';
import { Failure } from '../../shared/ui/Failure';
import { Field } from '../../shared/ui/Field';
import { useAction } from '../../shared/useAction';
import styles from './Connect.module.css';

type Kind = ConnectRequest['credential']['kind'];

interface Props {
  enter: (how: () => Promise<unknown>) => Promise<void>;
  /** Address to begin with. */
  origin: string;
}

const FIELDS = { password: ['url', 'email', 'password'], token: ['url', 'token'] };

/** Signing in to an instance. What the application refuses is shown at the input it names. */
export function SignInForm({ enter, origin }: Props) {
  const { t } = useTranslation();
  const backend = useBackend();
  const readOnly = useReadOnly() !== null;
  const [kind, setKind] = useState<Kind>('password');
  const [url, setUrl] = useState(origin);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [token, setToken] = useState('');
  const call = useCallback(
    (request: ConnectRequest) => enter(() => backend.connect(request)),
    [enter, backend],
  );
  const { run, busy, refusal, clear } = useAction(call);

  const at = (name: string) => (refusal?.field === name ? refusal : null);
  const homeless = refusal && !FIELDS[kind].includes(refusal.field ?? '') ? refusal : null;
  const change = (set: (value: string) => void) => (value: string) => {
    set(value);
    clear();
  };
  const send = async () => {
    const credential = kind === 'password' ? { kind, email, password } : { kind, token };
    await run({ url, credential });
  };
  return (
    <Form
      className={styles.form}
      aria-labelledby="sign-in-title"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <h2 id="sign-in-title" className={styles.head}>
        {t('connect.signIn')}
      </h2>
      <Field
        label={t('connect.url')}
        placeholder="https://"
        value={url}
        onChange={change(setUrl)}
        refusal={at('url')}
        inputMode="url"
        testId="connect-url"
      />
      <RadioGroup
        aria-label={t('connect.how')}
        className={styles.kinds}
        orientation="horizontal"
        value={kind}
        onChange={(value) => {
          setKind(value as Kind);
          clear();
        }}
      >
        {(['password', 'token'] as const).map((each) => (
          <Radio key={each} value={each} className={styles.kind} data-testid={`connect-with-${each}`}>
            {t(`connect.with.${each}`)}
          </Radio>
        ))}
      </RadioGroup>
      {kind === 'password' ? (
        <>
          <Field
            label={t('connect.email')}
            value={email}
            onChange={change(setEmail)}
            refusal={at('email')}
            inputMode="email"
            autoComplete="username"
            testId="connect-email"
          />
          <Field
            label={t('connect.password')}
            type="password"
            value={password}
            onChange={change(setPassword)}
            refusal={at('password')}
            autoComplete="current-password"
            testId="connect-password"
          />
        </>
      ) : (
        <Field
          label={t('connect.token')}
          type="password"
          value={token}
          onChange={change(setToken)}
          refusal={at('token')}
          testId="connect-token"
        />
      )}
      {homeless && <Failure refusal={homeless} />}
      <div className={styles.end}>
        <Button type="submit" look="lead" isDisabled={busy || readOnly} data-testid="connect-submit">
          {t(busy ? 'connect.doing' : 'connect.submit')}
        </Button>
      </div>
    </Form>
  );
}
