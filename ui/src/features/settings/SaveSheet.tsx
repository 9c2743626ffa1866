import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBackend } from '../../ipc/BackendContext';
import type { SettingsIssue, SettingsView } from '../../ipc/bindings';
import { useSession } from '../../shared/session/SessionContext';
import { CommitActions } from '../../shared/ui/CommitActions';
import { Failure } from '../../shared/ui/Failure';
import { Notice } from '../../shared/ui/Notice';
import { Sheet } from '../../shared/ui/Sheet';
import { useAction } from '../../shared/useAction';
import { useSaved } from '../../shared/useSaved';
import { uuidv7 } from '../../shared/uuid';
import { Changes } from './Changes';
import { forget } from './drafts';
import { isKey } from './model';
import { Issues } from './Part';
import styles from './Settings.module.css';
import type { Editing } from './useEditing';

interface Props {
  view: SettingsView;
  editing: Editing;
  onClose: () => void;
  /** The settings are not what they were when this was opened. */
  onStale: () => void;
}

/** Says in words what changes, and saves it. */
export function SaveSheet({ view, editing, onClose, onStale }: Props) {
  const { t } = useTranslation();
  const backend = useBackend();
  const tell = useSaved();
  const online = useSession((session) => session.status.connection === 'online');
  // Once for each open sheet, so that a second press cannot decide twice.
  const [opId] = useState(() => uuidv7());
  const [issues, setIssues] = useState<SettingsIssue[]>([]);
  const { form, wanted, checked, underneath } = editing;
  const { basedOn } = view;
  const call = useCallback(async () => {
    const answer = await backend.changeSettings({ opId, basedOn, wanted, dryRun: false });
    setIssues(answer.issues);
    if (answer.issues.length > 0) return;
    forget(form.account);
    onClose();
    tell({ entry: answer.entry, changes: answer.screen }, t('settings.saved'));
  }, [backend, tell, t, opId, basedOn, wanted, form.account, onClose]);
  const { run, busy, refusal } = useAction(call);
  const instant = checked.changes.some(({ key }) => key === 'instantMergeFields');
  const names = underneath.map((key) => (isKey(key) ? t(`settings.key.${key}`) : key)).join(', ');
  const closed = busy || checked.pending || checked.changes.length === 0 || checked.issues.length > 0;
  return (
    <Sheet
      title={t('settings.saveTitle', { count: checked.changes.length })}
      isOpen
      wide
      onClose={() => {
        if (refusal?.code === 'stale') onStale();
        onClose();
      }}
      data-testid="settings-sheet"
      actions={
        <CommitActions
          label={t('settings.commit')}
          busy={closed}
          onCommit={() => void run()}
          onCancel={onClose}
        />
      }
    >
      <Changes changes={checked.changes} />
      {underneath.length > 0 && (
        <Notice tone="caution" data-testid="settings-sheet-underneath">
          {t('settings.over', { names })}
        </Notice>
      )}
      {instant && <Notice tone="caution">{t('settings.instantWarning')}</Notice>}
      {view.pending && <Notice tone="calm">{t('settings.replaces')}</Notice>}
      <Issues messages={issues.map(({ message }) => message)} testId="settings-sheet-error" />
      {refusal && <Failure refusal={refusal} />}
      <p className={styles.second}>{t(online ? 'settings.afterwards' : 'settings.afterwardsAway')}</p>
    </Sheet>
  );
}
