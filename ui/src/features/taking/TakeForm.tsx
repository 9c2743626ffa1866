import { useCallback, useState } from 'react';
import { Checkbox } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useBackend } from '../../ipc/BackendContext';
import type { TakeRequest, TakingView } from '../../ipc/bindings';
import { useCommand } from '../../shared/keys/useCommand';
import { count } from '../../shared/numbers';
import { useQueue } from '../../shared/queue/QueueContext';
import { useSession } from '../../shared/session/SessionContext';
import { useReadOnly } from '../../shared/session/useReadOnly';
import { Button } from '../../shared/ui/Button';
import { Failure } from '../../shared/ui/Failure';
import { useAction } from '../../shared/useAction';
import { EndNotice } from './EndNotice';
import { Estimate } from './Estimate';
import { type Chosen, HowMany, numberOf } from './HowMany';
import styles from './Taking.module.css';
import { useTakeSize } from './useTakeSize';

interface Props {
  /** How an earlier one ended. */
  ended: TakingView | null;
  /** One was begun, and is about to be told of. */
  starting: boolean;
  onStart: (begun: Promise<boolean>) => void;
  onClose: () => void;
}

/** What to take along: how many, of which list, with what; and what that would mean, before anything begins. */
export function TakeForm({ ended, starting, onStart, onClose }: Props) {
  const { t } = useTranslation();
  const backend = useBackend();
  const connection = useSession((session) => session.status.connection);
  const filter = useQueue((state) => state.filter);
  const sort = useQueue((state) => state.sort);
  const search = useQueue((state) => state.search);
  const [chosen, setChosen] = useState<Chosen>('200');
  const [own, setOwn] = useState('');
  const [messages, setMessages] = useState(true);

  const number = numberOf(chosen, own);
  const request: TakeRequest | null =
    number === null ? null : { count: number, filter, sort, search, messages };
  const { size, refusal } = useTakeSize(request);
  const start = useAction(
    useCallback(
      async (wanted: TakeRequest | null) => {
        if (wanted) await backend.takeAlong(wanted);
      },
      [backend],
    ),
  );
  const readOnly = useReadOnly();
  const away =
    connection === 'online'
      ? undefined
      : t(connection === 'signedOut' ? 'taking.signedOut' : 'taking.offline');
  const off = readOnly ?? (filter === 'decided' ? t('taking.offDecided') : away);
  const closed = off !== undefined || request === null || size === null || size.reviews === 0;
  const list = { list: t(`taking.list.${filter}`), order: t(`queue.sort.${sort}`), search };
  return (
    <>
      {ended && <EndNotice taking={ended} />}
      <p>{t('taking.lead')}</p>
      <HowMany chosen={chosen} own={own} onChoose={setChosen} onOwn={setOwn} />
      <Checkbox
        isSelected={messages}
        onChange={setMessages}
        className={styles.check}
        data-testid="take-messages"
      >
        <span className={styles.box} aria-hidden="true">
          {messages ? '✓' : ''}
        </span>
        <span>
          {t('taking.messages')}
          <span className={styles.second}>{t('taking.messagesMeans')}</span>
        </span>
      </Checkbox>
      <div className={styles.part}>
        <p className={styles.label}>{t('taking.covers')}</p>
        <p data-testid="take-covers">{t(search ? 'taking.fromSearch' : 'taking.from', list)}</p>
      </div>
      <Estimate reckoned={request && size} refusal={refusal} />
      {start.refusal && <Failure refusal={start.refusal} />}
      <div className={styles.foot}>
        <p className={styles.off} role="status" data-testid="take-off">
          {off}
        </p>
        <Button command="escape" onPress={onClose}>
          {t('cancel')}
        </Button>
        <Start
          label={
            size && size.reviews > 0
              ? t('taking.start', { shown: count(size.reviews) })
              : t('taking.startNone')
          }
          isDisabled={closed || start.busy || starting}
          onPress={() => onStart(start.run(request))}
        />
      </div>
    </>
  );
}

function Start({ label, isDisabled, onPress }: { label: string; isDisabled: boolean; onPress: () => void }) {
  useCommand('commit', isDisabled ? null : onPress);
  return (
    <Button look="lead" command="commit" isDisabled={isDisabled} onPress={onPress} data-testid="take-start">
      {label}
    </Button>
  );
}
