import { Search, X } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../keys/useCommand';
import { Button } from './Button';
import { Keys } from './Keys';
import styles from './SearchField.module.css';

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Goes to what was found. */
  onEnter: () => void;
  /** Clears it, by Escape or by its button. */
  onClear: () => void;
  testId: string;
  autoFocus?: boolean;
}

/** Where one types what to look for; `/` comes here. */
export function SearchField({ label, value, onChange, onEnter, onClear, testId, autoFocus }: Props) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  useCommand('search', () => {
    input.current?.focus();
    input.current?.select();
  });
  return (
    <div className={styles.search}>
      <Search aria-hidden="true" />
      <input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        // biome-ignore lint/a11y/noAutofocus: only where searching is what the screen is for.
        autoFocus={autoFocus}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onClear();
          else if (event.key === 'ArrowDown' || event.key === 'Enter') onEnter();
          else return;
          event.preventDefault();
        }}
        data-testid={testId}
      />
      {value ? (
        <Button look="quiet" icon={<X />} label={t('clearSearch')} onPress={onClear} />
      ) : (
        <Keys of="search" />
      )}
    </div>
  );
}
