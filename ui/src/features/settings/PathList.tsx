import { Plus, X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../shared/ui/Button';
import { issuesAt, useForm } from './form';
import { KeyMark } from './KeyMark';
import { pathsOf, written } from './model';
import { Issues, Part, Unknown } from './Part';
import { PathField } from './PathField';
import { focusRow } from './rowFocus';
import styles from './Settings.module.css';
import { pathWords } from './valueWords';

interface Props {
  of: 'lookupTriggerFields' | 'instantMergeFields';
  /** What is to be known of it, above the list. */
  children?: ReactNode;
}

/** A list of paths: each can be typed anew or removed, and more can be added. */
export function PathList({ of, children }: Props) {
  const { t } = useTranslation();
  const { shown, set, locked, issues } = useForm();
  const list = useRef<HTMLUListElement>(null);
  const paths = pathsOf(shown[of]);
  const focus = (row: number) => setTimeout(() => focusRow(list.current, row, null), 0);
  const name = t(`settings.key.${of}`);
  return (
    <Part id={of} title={name} lead={t(`settings.lead.${of}`)}>
      {children}
      {paths ? (
        <>
          <ul ref={list} className={styles.paths} aria-label={name}>
            {paths.map((path, at) => {
              const wrong = issuesAt(issues, `${of}[${at}]`);
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: a path has no name of its own while it is typed.
                <li key={at} className={styles.pathRow}>
                  <PathField
                    label={t('settings.pathOf', { at: at + 1 })}
                    value={path}
                    onChange={(next) => {
                      if (next !== path)
                        set(
                          of,
                          paths.map((each, index) => (index === at ? next : each)),
                        );
                    }}
                    isDisabled={locked}
                    isInvalid={wrong.length > 0}
                    testId={`settings-${of}-${at}`}
                  />
                  <Button
                    look="quiet"
                    icon={<X />}
                    label={t('settings.remove', {
                      name: path ? pathWords(t, path) : t('settings.row', { at: at + 1 }),
                    })}
                    isDisabled={locked}
                    onPress={() => {
                      set(
                        of,
                        paths.filter((_, index) => index !== at),
                      );
                      focus(Math.max(0, at - 1));
                    }}
                    data-testid={`settings-${of}-remove-${at}`}
                  />
                  <Issues messages={wrong} testId={`settings-${of}-error-${at}`} />
                </li>
              );
            })}
          </ul>
          {paths.length === 0 && <p className={styles.second}>{t(`settings.empty.${of}`)}</p>}
          <div>
            <Button
              icon={<Plus />}
              isDisabled={locked}
              onPress={() => {
                set(of, [...paths, '']);
                focus(paths.length);
              }}
              data-testid={`settings-add-${of}`}
            >
              {t('settings.addField')}
            </Button>
          </div>
        </>
      ) : (
        <Unknown words={t('settings.unknownForm')} value={written(shown[of])} />
      )}
      <Issues messages={issuesAt(issues, of)} testId={`settings-${of}-error`} />
      <KeyMark of={of} />
    </Part>
  );
}
