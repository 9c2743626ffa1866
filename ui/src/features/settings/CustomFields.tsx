import { Plus } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../shared/ui/Button';
import { CustomFieldRow } from './CustomFieldRow';
import { issuesAt, useForm } from './form';
import { KeyMark } from './KeyMark';
import { MODES, type Rule, rulesOf, written } from './model';
import { Issues, Part, Unknown } from './Part';
import { focusRow } from './rowFocus';
import styles from './Settings.module.css';

/** What is compared besides the basics, and how much each counts. */
export function CustomFields() {
  const { t } = useTranslation();
  const { shown, set, locked, issues } = useForm();
  const list = useRef<HTMLUListElement>(null);
  const rules = rulesOf(shown.customFields);
  const put = (next: Rule[]) => set('customFields', next);

  const move = (from: number, to: number) => {
    if (!rules || to < 0 || to >= rules.length) return;
    const next = [...rules];
    next.splice(to, 0, ...next.splice(from, 1));
    put(next);
    focusRow(list.current, to, document.activeElement);
  };
  const remove = (at: number) => {
    put((rules ?? []).filter((_, index) => index !== at));
    setTimeout(() => focusRow(list.current, Math.max(0, at - 1), null), 0);
  };
  const add = () => {
    const at = rules?.length ?? 0;
    put([...(rules ?? []), { field: '', weight: 10, matchMode: MODES[0] }]);
    setTimeout(() => focusRow(list.current, at, null), 0);
  };
  return (
    <Part id="custom" title={t('settings.key.customFields')} lead={t('settings.customLead')}>
      {rules ? (
        <>
          {rules.length > 0 && (
            <div className={styles.columns} aria-hidden="true">
              <span>{t('settings.path')}</span>
              <span>{t('settings.weight')}</span>
              <span>{t('settings.mode')}</span>
            </div>
          )}
          <ul ref={list} className={styles.rows} aria-label={t('settings.key.customFields')}>
            {rules.map((rule, at) => (
              <CustomFieldRow
                // biome-ignore lint/suspicious/noArrayIndexKey: a rule has no name of its own while its path is typed.
                key={at}
                at={at}
                last={at === rules.length - 1}
                rule={rule}
                onChange={(change) =>
                  put(rules.map((each, index) => (index === at ? { ...each, ...change } : each)))
                }
                onMove={(by) => move(at, at + by)}
                onRemove={() => remove(at)}
              />
            ))}
          </ul>
          {rules.length === 0 && <p className={styles.second}>{t('settings.customNone')}</p>}
          <div>
            <Button icon={<Plus />} isDisabled={locked} onPress={add} data-testid="settings-add-custom">
              {t('settings.addField')}
            </Button>
          </div>
        </>
      ) : (
        <Unknown words={t('settings.unknownForm')} value={written(shown.customFields)} />
      )}
      <Issues messages={issuesAt(issues, 'customFields')} testId="settings-customFields-error" />
      <KeyMark of="customFields" />
    </Part>
  );
}
