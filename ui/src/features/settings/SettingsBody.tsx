import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingsView } from '../../ipc/bindings';
import { Failure } from '../../shared/ui/Failure';
import { Notice } from '../../shared/ui/Notice';
import { CustomFields } from './CustomFields';
import { FileSheet } from './FileSheet';
import { Foot } from './Foot';
import { FormProvider } from './form';
import { type Config, isKey, pathsOf, written } from './model';
import { PathList } from './PathList';
import { Pending } from './Pending';
import { Resolutions } from './Resolutions';
import { SaveSheet } from './SaveSheet';
import styles from './Settings.module.css';
import { Thresholds } from './Thresholds';
import { ThrowAwaySheet } from './ThrowAwaySheet';
import { useEditing } from './useEditing';

interface Props {
  view: SettingsView;
  current: Config;
  reload: () => Promise<void>;
}

/** The settings, part by part, and what is to become of what was changed in them. */
export function SettingsBody({ view, current, reload }: Props) {
  const { t } = useTranslation();
  const [sheet, setSheet] = useState<'save' | 'throwAway' | 'file' | null>(null);
  const editing = useEditing(view, current, () => void reload());
  const { form, checked } = editing;
  const close = () => setSheet(null);
  const elsewhere = form.issues.filter(({ field }) => !isKey(field.split(/[.[]/)[0] ?? ''));
  const others = Object.keys(form.shown).filter((key) => !isKey(key));
  const instant = pathsOf(form.shown.instantMergeFields);
  return (
    <FormProvider value={form}>
      <div className={`${styles.body} own-scrollbar`}>
        <div className={styles.notices}>
          {view.pending && <Pending entry={view.pending} editing={editing} change={view.pendingChange} />}
          {checked.refusal && <Failure refusal={checked.refusal} />}
          {elsewhere.map(({ field, message }) => (
            <Notice key={field + message} tone="alert">
              {message}
            </Notice>
          ))}
        </div>
        <Thresholds />
        <CustomFields />
        <PathList of="lookupTriggerFields">
          {pathsOf(form.shown.lookupTriggerFields)?.length === 0 && (
            <Notice tone="caution">{t('settings.lookupNone')}</Notice>
          )}
        </PathList>
        <PathList of="instantMergeFields">
          <Notice tone={instant?.length === 0 ? 'calm' : 'caution'} data-testid="settings-instant-warning">
            {t('settings.instantWarning')}
          </Notice>
        </PathList>
        <Resolutions />
        {others.length > 0 && (
          <details className={styles.others}>
            <summary>{t('settings.others', { count: others.length })}</summary>
            <dl className={styles.facts}>
              {others.map((key) => (
                <div key={key}>
                  <dt>{key}</dt>
                  <dd data-selectable>{written(form.shown[key])}</dd>
                </div>
              ))}
            </dl>
          </details>
        )}
      </div>
      <Foot
        editing={editing}
        onSave={() => setSheet('save')}
        onThrowAway={() => setSheet('throwAway')}
        onFile={() => setSheet('file')}
      />
      {sheet === 'save' && (
        <SaveSheet view={view} editing={editing} onClose={close} onStale={() => void reload()} />
      )}
      {sheet === 'throwAway' && <ThrowAwaySheet editing={editing} onClose={close} />}
      {sheet === 'file' && <FileSheet basedOn={view.basedOn} onStale={() => void reload()} onClose={close} />}
    </FormProvider>
  );
}
