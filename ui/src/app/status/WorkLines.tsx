import { CircleAlert, Hourglass, Send } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { CommandId } from '../../shared/keys/commands';
import { registry } from '../../shared/keys/registry';
import { navigate, type OutboxPart } from '../../shared/route';
import { useParts } from '../../shared/session/parts';
import { useSession } from '../../shared/session/SessionContext';
import { secondsUntil, useNow } from '../../shared/time';
import { Button } from '../../shared/ui/Button';
import { PanelLine } from './PanelLine';
import styles from './SyncPanel.module.css';

interface Props {
  onClose: () => void;
}

/** How long a screen takes at most until it answers, in milliseconds, and how often it is tried. */
const COMES = 1000;
const PACE = 50;

/** Runs a command as soon as its screen is there and nothing lies over it. */
function onceThere(command: CommandId, left = COMES): void {
  setTimeout(() => {
    if (!registry.run(command) && left > 0) onceThere(command, left - PACE);
  }, PACE);
}

/** Goes to a part of the outbox. */
function Show({ part, onClose }: Props & { part: OutboxPart }) {
  const { t } = useTranslation();
  const show = () => {
    onClose();
    navigate({ screen: 'outbox', only: part });
  };
  return (
    <Button onPress={show} data-testid={`panel-show-${part}`}>
      {t('status.panel.show')}
    </Button>
  );
}

/** What waits, what of it can still be undone, and a look at what sending it would find. */
export function WaitingLine({ onClose }: Props) {
  const { t } = useTranslation();
  const { waiting, undoable } = useParts();
  const { nextSendAt, connection } = useSession((session) => session.status);
  const now = useNow(nextSendAt ? 500 : 0);
  if (waiting === 0)
    return (
      <PanelLine icon={<Hourglass />} testId="panel-waiting">
        <p>{t('status.panel.nothing')}</p>
      </PanelLine>
    );
  const look = () => {
    onClose();
    navigate({ screen: 'outbox', only: 'waiting' });
    onceThere('rehearse');
  };
  const actions = (
    <>
      <Show part="waiting" onClose={onClose} />
      <Button isDisabled={connection !== 'online'} onPress={look} data-testid="panel-rehearse">
        {t('status.panel.rehearse')}
      </Button>
    </>
  );
  return (
    <PanelLine icon={<Hourglass />} actions={actions} testId="panel-waiting">
      <p>{t('status.panel.waiting', { count: waiting })}</p>
      {undoable > 0 && nextSendAt && (
        <p className={styles.second}>
          {t('status.panel.undoable', { count: undoable, seconds: secondsUntil(nextSendAt, now) })}
        </p>
      )}
      {connection !== 'online' && <p className={styles.second}>{t('status.panel.rehearseOff')}</p>}
    </PanelLine>
  );
}

/** What is on its way now, or was sent and not answered yet. */
export function SendingLine({ onClose }: Props) {
  const { t } = useTranslation();
  const { sending } = useParts();
  if (sending === 0) return null;
  return (
    <PanelLine icon={<Send />} actions={<Show part="sending" onClose={onClose} />} testId="panel-sending">
      <p>{t('status.panel.sending', { count: sending })}</p>
    </PanelLine>
  );
}

/** What only a person can settle. */
export function NeedsYouLine({ onClose }: Props) {
  const { t } = useTranslation();
  const { needsYou } = useParts();
  if (needsYou === 0) return null;
  const show = <Show part="needsYou" onClose={onClose} />;
  return (
    <PanelLine icon={<CircleAlert />} tone="alert" actions={show} testId="panel-needsYou">
      <p>{t('status.panel.needsYou', { count: needsYou })}</p>
    </PanelLine>
  );
}
