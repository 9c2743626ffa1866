import { Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../shared/ui/Button';
import { fieldName } from '../../shared/ui/fieldName';
import { setNewRule } from './drafts';
import { issuesIn, useForm } from './form';
import { KeyMark } from './KeyMark';
import { PREFER_NEWER, resolutionsOf, written } from './model';
import { Issues, Part, Unknown } from './Part';
import { PathField } from './PathField';
import styles from './Settings.module.css';
import { pathWords } from './valueWords';

/** How a merge settles a field that differs: the known rule is offered, one that nobody knows is kept as it is. */
export function Resolutions() {
  const { t } = useTranslation();
  const { account, shown, current, draft, set, locked, issues } = useForm();
  const rules = resolutionsOf(shown.conflictResolutionRules);
  const held = new Map(resolutionsOf(current.conflictResolutionRules) ?? []);
  const put = (next: [string, unknown][]) => set('conflictResolutionRules', Object.fromEntries(next));
  const field = draft.newRule.trim();
  const there = rules?.some(([path]) => path === field) ?? false;
  const add = () => {
    if (!rules || field === '' || there) return;
    put([...rules, [field, PREFER_NEWER]]);
    setNewRule(account, '');
  };
  return (
    <Part
      id="resolutions"
      title={t('settings.key.conflictResolutionRules')}
      lead={t('settings.resolutionsLead')}
    >
      {rules ? (
        <>
          <ul className={styles.paths} aria-label={t('settings.key.conflictResolutionRules')}>
            {rules.map(([path, rule]) => {
              const others = [...new Set([held.get(path), rule])].filter(
                (each) => each !== undefined && each !== PREFER_NEWER,
              );
              return (
                <li key={path} className={styles.rule} data-testid={`settings-rule-${path}`}>
                  <span className={styles.ruleField}>
                    {fieldName(t, path)} <span className={styles.optionPath}>{path}</span>
                  </span>
                  <select
                    className={styles.select}
                    aria-label={t('settings.ruleOf', { name: fieldName(t, path) })}
                    value={written(rule)}
                    disabled={locked}
                    onChange={({ target: { value } }) => {
                      const next = others.find((each) => written(each) === value) ?? PREFER_NEWER;
                      put(rules.map((each) => (each[0] === path ? [path, next] : each)));
                    }}
                    data-testid={`settings-rule-value-${path}`}
                  >
                    <option value={PREFER_NEWER}>{t('settings.preferNewer')}</option>
                    {others.map((each) => (
                      <option key={written(each)} value={written(each)}>
                        {written(each)}
                      </option>
                    ))}
                  </select>
                  <Button
                    look="quiet"
                    icon={<X />}
                    label={t('settings.remove', { name: pathWords(t, path) })}
                    isDisabled={locked}
                    onPress={() => put(rules.filter((each) => each[0] !== path))}
                  />
                </li>
              );
            })}
          </ul>
          {rules.length === 0 && <p className={styles.second}>{t('settings.resolutionsNone')}</p>}
          <form
            className={styles.pathRow}
            onSubmit={(event) => {
              event.preventDefault();
              add();
            }}
          >
            <PathField
              label={t('settings.newRule')}
              value={draft.newRule}
              onChange={(next) => {
                if (next !== draft.newRule) setNewRule(account, next);
              }}
              isDisabled={locked}
              isInvalid={there}
              testId="settings-new-rule"
            />
            <Button
              icon={<Plus />}
              type="submit"
              isDisabled={locked || field === '' || there}
              data-testid="settings-add-rule"
            >
              {t('settings.addRule')}
            </Button>
          </form>
        </>
      ) : (
        <Unknown words={t('settings.unknownForm')} value={written(shown.conflictResolutionRules)} />
      )}
      <Issues
        messages={issuesIn(issues, 'conflictResolutionRules')}
        testId="settings-conflictResolutionRules-error"
      />
      <KeyMark of="conflictResolutionRules" />
    </Part>
  );
}
