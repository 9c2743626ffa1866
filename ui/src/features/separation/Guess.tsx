import { UserRoundPlus } from 'lucide-react';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SeparationEdit } from '../../ipc/bindings';
import { percent } from '../../shared/numbers';
import { Button } from '../../shared/ui/Button';
import { SideBadge } from '../../shared/ui/SideBadge';
import { useEditor, useEditorState } from './EditorContext';
import styles from './Separation.module.css';

const set = (path: string, text: string): SeparationEdit => ({ edit: 'set', path, side: 'new', text });

/** Who the second person may be, and taking it over. */
export const Guess = memo(function Guess() {
  const { t } = useTranslation();
  const editor = useEditor();
  const pending = useEditorState((state) => state.suggestions === null);
  const guess = useEditorState((state) => state.suggestions?.guess);
  // A line that was shown keeps its place, so that nothing below it moves under the pointer.
  const [taken, setTaken] = useState(pending);
  if (guess && !taken) setTaken(true);
  if (!taken) return null;
  if (!guess) {
    return (
      <div className={`${styles.guess} ${styles.noGuess}`}>
        <UserRoundPlus aria-hidden="true" className={styles.guessIcon} />
        <p className={`${styles.guessWords} ${styles.second}`}>
          {t(pending ? 'separation.guessing' : 'separation.noGuess')}
        </p>
      </div>
    );
  }
  const { firstName, lastName, phone, email } = guess;
  const name = [firstName, lastName].filter(Boolean).join(' ');
  const [why] = guess.evidence;
  const names = [set('firstName', firstName), ...(lastName ? [set('lastName', lastName)] : [])];
  return (
    <div className={styles.guess} data-testid="guess">
      <UserRoundPlus aria-hidden="true" className={styles.guessIcon} />
      <p className={styles.guessWords} data-selectable>
        <SideBadge side="new" />{' '}
        <strong>{t('separation.guess', { who: [name, phone, email].filter(Boolean).join(', ') })}</strong>{' '}
        <span className={styles.second}>
          {percent(guess.percent)}
          {why && ` · ${why.label}${why.quote && `: “${why.quote}”`}`}
        </span>
      </p>
      <Button onPress={() => editor.edit(...names)} data-testid="guess-name">
        {t('separation.useName')}
      </Button>
      {phone && (
        <Button onPress={() => editor.edit(set('phoneNumber', phone))} data-testid="guess-phone">
          {t('separation.usePhone')}
        </Button>
      )}
      {email && (
        <Button onPress={() => editor.edit(set('email', email))} data-testid="guess-email">
          {t('separation.useEmail')}
        </Button>
      )}
    </div>
  );
});
