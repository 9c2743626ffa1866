import { X } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../shared/ui/Button';
import { useBoard, useBoardState } from './EditorContext';
import styles from './FilterBar.module.css';
import { dayStart } from './filter';

/** The first day that is shown, or the first that is not any more. Looks empty while it is: web views write a day into it. */
export function DayFilter({ which }: { which: 'before' | 'after' }) {
  const { t } = useTranslation();
  const board = useBoard();
  const value = useBoardState((state) => state.filter[which]);
  const input = useRef<HTMLInputElement>(null);
  const label = t(`separation.filter.${which}`);
  const clear = () => {
    board.show({ [which]: '' });
    // What is typed in part has no value that React could take away.
    if (input.current) input.current.value = '';
    input.current?.focus();
  };
  return (
    <span className={styles.day}>
      <label className={styles.dayLabel}>
        {label}
        <input
          ref={input}
          type="date"
          value={value}
          size={10}
          data-empty={value === '' || undefined}
          aria-invalid={(value !== '' && dayStart(value) === null) || undefined}
          onChange={(event) => board.show({ [which]: event.target.value })}
          data-testid={`filter-${which}`}
        />
      </label>
      {value !== '' && (
        <Button
          look="quiet"
          icon={<X />}
          label={t('separation.filter.clearDay', { day: label })}
          onPress={clear}
          data-testid={`filter-${which}-clear`}
        />
      )}
    </span>
  );
}
