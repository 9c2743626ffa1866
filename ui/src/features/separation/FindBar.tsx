import { ChevronDown, ChevronUp, Search } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../shared/keys/useCommand';
import { count } from '../../shared/numbers';
import { Button } from '../../shared/ui/Button';
import styles from './Timeline.module.css';
import type { Find } from './useFind';

export const MESSAGES = 'timeline-messages';

const focusMessages = () => document.getElementById(MESSAGES)?.focus({ preventScroll: true });

/** Search inside a conversation. */
export function FindBar({ find }: { find: Find }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  useCommand('search', () => {
    input.current?.focus();
    input.current?.select();
  });
  const { text, setText, found, step } = find;
  const many = found?.positions.length ?? 0;
  return (
    <span className={styles.find}>
      <Search aria-hidden="true" />
      <input
        ref={input}
        type="search"
        value={text}
        aria-label={t('separation.find')}
        placeholder={t('separation.find')}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.ctrlKey || event.metaKey) return;
          if (event.key === 'Escape') {
            setText('');
            focusMessages();
          } else if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
          else if (event.key === 'ArrowDown') focusMessages();
          else return;
          event.preventDefault();
        }}
        data-testid="find"
      />
      <span role="status" className={styles.found} data-testid="found">
        {found &&
          (many === 0
            ? t('separation.findNone')
            : t('separation.of', { shown: count(found.at + 1), total: count(many) }))}
      </span>
      {many > 0 && (
        <>
          <Button
            look="quiet"
            icon={<ChevronUp />}
            label={t('separation.findPrevious')}
            onPress={() => step(-1)}
            data-testid="find-previous"
          />
          <Button
            look="quiet"
            icon={<ChevronDown />}
            label={t('separation.findNext')}
            onPress={() => step(1)}
            data-testid="find-next"
          />
        </>
      )}
    </span>
  );
}
