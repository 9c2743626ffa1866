import { useTranslation } from 'react-i18next';
import { Button } from '../../shared/ui/Button';
import { keep, reset } from './drafts';
import { useForm } from './form';
import { type Key, same } from './model';
import styles from './Settings.module.css';
import { valueWords } from './valueWords';

/** What the server has for a key that is wanted otherwise, with the way back; and what somebody made of it meanwhile. */
export function KeyMark({ of }: { of: Key }) {
  const { t } = useTranslation();
  const { account, shown, current, draft, locked } = useForm();
  if (same(shown[of], current[of])) return null;
  const edit = draft.edits[of];
  const underneath = !locked && edit && !same(edit.seen, current[of]);
  const words = (value: unknown) => valueWords(t, of, value);
  const name = t(`settings.key.${of}`);
  const back = (
    <Button
      onPress={() => reset(account, of)}
      aria-label={t('settings.resetKey', { name })}
      data-testid={`settings-reset-${of}`}
    >
      {t(underneath ? 'settings.takeTheirs' : 'settings.reset')}
    </Button>
  );
  return (
    <div
      className={`${styles.mark} ${underneath ? styles.underneath : ''}`}
      data-testid={`settings-${underneath ? 'underneath' : 'changed'}-${of}`}
    >
      <span className={styles.markText}>
        {underneath
          ? t('settings.underneath', {
              before: words(edit.seen),
              now: words(current[of]),
              mine: words(edit.wanted),
            })
          : t('settings.serverHas', { value: words(current[of]) })}
      </span>
      {!locked && back}
      {underneath && (
        <Button onPress={() => keep(account, of, current[of])} data-testid={`settings-keep-${of}`}>
          {t('settings.keepMine')}
        </Button>
      )}
    </div>
  );
}
