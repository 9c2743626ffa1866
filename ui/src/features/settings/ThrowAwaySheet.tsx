import { useTranslation } from 'react-i18next';
import { useCommand } from '../../shared/keys/useCommand';
import { Button } from '../../shared/ui/Button';
import { Sheet } from '../../shared/ui/Sheet';
import { forget } from './drafts';
import { isKey } from './model';
import styles from './Settings.module.css';
import type { Editing } from './useEditing';
import { valueWords } from './valueWords';

/** Says what is lost before edits are thrown away. */
export function ThrowAwaySheet({ editing, onClose }: { editing: Editing; onClose: () => void }) {
  const { t } = useTranslation();
  const { form, edited } = editing;
  const throwAway = () => {
    forget(form.account);
    onClose();
  };
  return (
    <Sheet
      title={t('settings.throwAwayTitle', { count: edited.length })}
      isOpen
      onClose={onClose}
      data-testid="settings-throw-away-sheet"
      actions={
        <>
          <Button command="escape" onPress={onClose}>
            {t('settings.goOn')}
          </Button>
          <Confirm label={t('settings.throwAwayConfirm')} onPress={throwAway} />
        </>
      }
    >
      <p>{t('settings.throwAwayWords')}</p>
      <dl className={styles.facts}>
        {edited.map((key) => (
          <div key={key}>
            <dt>{isKey(key) ? t(`settings.key.${key}`) : key}</dt>
            <dd>{valueWords(t, key, form.draft.edits[key]?.wanted)}</dd>
          </div>
        ))}
      </dl>
    </Sheet>
  );
}

function Confirm({ label, onPress }: { label: string; onPress: () => void }) {
  useCommand('commit', onPress);
  return (
    <Button look="danger" command="commit" onPress={onPress} data-testid="settings-throw-away-confirm">
      {label}
    </Button>
  );
}
