import { Command, Keyboard } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../shared/session/SessionContext';
import { useReadOnly } from '../shared/session/useReadOnly';
import { Button } from '../shared/ui/Button';
import { useUndo } from '../shared/useUndo';
import { Connection } from './status/Connection';
import { Countdowns } from './status/Countdowns';
import { Numbers } from './status/Numbers';
import styles from './status/StatusLine.module.css';
import { Taking } from './status/Taking';

interface Props {
  onKeys: () => void;
  onPalette: () => void;
  onSync: () => void;
  onTaking: () => void;
}

/** The line at the foot: whether the server answers, what is under way, what waits, and the way back. */
export function StatusLine({ onKeys, onPalette, onSync, onTaking }: Props) {
  const { t } = useTranslation();
  const { undo } = useUndo();
  const readOnly = useReadOnly();
  return (
    <footer className={styles.line} data-testid="status">
      <div className={styles.content}>
        <Connection onPress={onSync} />
        <Numbers />
        <Countdowns />
        {undo && (
          <Button
            look="quiet"
            command="undo"
            isDisabled={readOnly !== null}
            onPress={undo}
            data-testid="status-undo"
          >
            {t('undo.label')}
          </Button>
        )}
        <Taking onPress={onTaking} />
        <span className={styles.rest}>
          <Trouble />
        </span>
        <span className={styles.palette}>
          <Button
            look="quiet"
            icon={<Command />}
            label={t('command.palette')}
            command="palette"
            onPress={onPalette}
          >
            {t('command.palette')}
          </Button>
        </span>
        <Button
          look="quiet"
          icon={<Keyboard />}
          label={t('command.sheet')}
          command="sheet"
          onPress={onKeys}
          data-testid="keys"
        />
      </div>
    </footer>
  );
}

/** What the server said last, where it answers and something went wrong all the same. */
function Trouble() {
  const { t } = useTranslation();
  const { trouble, connection } = useSession((session) => session.status);
  if (!trouble || connection !== 'online') return null;
  const words = t('status.answered', { words: trouble });
  return (
    <span className={`${styles.part} ${styles.trouble}`} title={words} data-testid="status-trouble">
      {words}
    </span>
  );
}
