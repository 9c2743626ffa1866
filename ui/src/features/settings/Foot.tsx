import { useTranslation } from 'react-i18next';
import { useCommand } from '../../shared/keys/useCommand';
import { useReadOnly } from '../../shared/session/useReadOnly';
import { Button } from '../../shared/ui/Button';
import styles from './Settings.module.css';
import type { Editing } from './useEditing';

interface Props {
  editing: Editing;
  onSave: () => void;
  onThrowAway: () => void;
  onFile: () => void;
}

/** What was changed, why it cannot be saved where it cannot, and the way to save it or to throw it away. */
export function Foot({ editing, onSave, onThrowAway, onFile }: Props) {
  const { t } = useTranslation();
  const readOnly = useReadOnly();
  const { form, checked, waits, edited } = editing;
  const { issues, changes, pending, refusal } = checked;
  const off = (() => {
    if (readOnly !== null) return readOnly;
    if (waits) return t('settings.off.waits');
    if (edited.length === 0) return t('settings.off.nothing');
    if (form.draft.newRule.trim() !== '') return t('settings.off.newRule');
    if (refusal) return refusal.message;
    if (issues.length > 0) return t('settings.off.issues', { count: issues.length });
    if (pending) return t('settings.off.checking');
    return changes.length === 0 ? t('settings.off.nothing') : undefined;
  })();
  useCommand('saveSettings', onSave, off);
  // The same key opens the sheet and confirms what it says.
  useCommand('commit', onSave, off);
  return (
    <footer className={styles.foot}>
      <p className={styles.said} role="status" data-testid="settings-status">
        {off ?? t('settings.changed', { count: changes.length })}
      </p>
      <Button onPress={onFile} data-testid="settings-file">
        {t('settings.file')}
      </Button>
      <Button
        isDisabled={edited.length === 0 || waits}
        onPress={onThrowAway}
        data-testid="settings-throw-away"
      >
        {t('settings.throwAway')}
      </Button>
      <Button
        look="lead"
        command="commit"
        isDisabled={off !== undefined}
        onPress={onSave}
        data-testid="settings-save"
      >
        {t('settings.save')}
      </Button>
    </footer>
  );
}
