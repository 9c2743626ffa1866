import { useTranslation } from 'react-i18next';
import type { OutboxEntry } from '../../ipc/bindings';
import { canUndo, stateKey, toneOf } from '../../shared/entryWords';
import { navigate } from '../../shared/route';
import { partOf } from '../../shared/session/parts';
import { useReadOnly } from '../../shared/session/useReadOnly';
import { Ago } from '../../shared/ui/Ago';
import { Button } from '../../shared/ui/Button';
import { Notice } from '../../shared/ui/Notice';
import { useWithdraw } from '../../shared/useUndo';
import { startFrom } from './drafts';
import { parseConfig } from './model';
import styles from './Settings.module.css';
import type { Editing } from './useEditing';

interface Props {
  entry: OutboxEntry;
  editing: Editing;
  /** The keys that it changes, as JSON text. */
  change: string | null;
}

/** A change that is decided and not settled: where it stands, the way back, and the way to change it again. */
export function Pending({ entry, editing, change }: Props) {
  const { t } = useTranslation();
  const withdraw = useWithdraw();
  const readOnly = useReadOnly();
  const { form, waits, edited } = editing;
  const decided = parseConfig(change);
  const tone = toneOf(entry);
  // What needs a person is not sent meanwhile, whatever becomes of the new one.
  const stuck = partOf(entry) === 'needsYou';
  const again = entry.canWithdraw && decided !== null && readOnly === null;
  const actions = (
    <>
      {entry.canCompare && (
        <Button
          onPress={() => navigate({ screen: 'conflict', opId: entry.opId })}
          data-testid="settings-compare"
        >
          {t('outbox.compare')}
        </Button>
      )}
      {waits && again && (
        <Button
          onPress={() => startFrom(form.account, entry.opId, decided, form.current)}
          data-testid="settings-again"
        >
          {t('settings.changeAgain')}
        </Button>
      )}
      {entry.canWithdraw && readOnly === null && (
        <Button onPress={() => void withdraw(entry)} data-testid="settings-withdraw">
          {t(canUndo(entry) ? 'settings.takeBack' : 'undo.dismiss')}
        </Button>
      )}
    </>
  );
  return (
    <Notice tone={tone === 'good' ? 'calm' : tone} actions={actions} data-testid="settings-pending">
      <p>
        <strong>{t(waits ? 'settings.waits' : 'settings.changing')}</strong> {t(stateKey(entry))}
        {entry.reason && ` · ${entry.reason}`} · <Ago time={entry.decidedAt} />
      </p>
      <p className={styles.second}>
        {t(waits ? 'settings.waitsMeans' : stuck ? 'settings.changingStuckMeans' : 'settings.changingMeans')}
        {waits && edited.length > 0 && ` ${t('settings.editsKept', { count: edited.length })}`}
      </p>
    </Notice>
  );
}
