import { ArrowDown, ArrowUp, X } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../shared/ui/Button';
import { issuesAt, useForm } from './form';
import { MODES, type Rule, written } from './model';
import { NumberInput } from './NumberInput';
import { Issues } from './Part';
import { PathField } from './PathField';
import styles from './Settings.module.css';
import { modeWords, pathWords } from './valueWords';

interface Props {
  at: number;
  last: boolean;
  rule: Rule;
  onChange: (change: Rule) => void;
  /** Moves it by so many places. */
  onMove: (by: number) => void;
  onRemove: () => void;
}

/** One more field: its path, its weight and how it is compared. Alt with an arrow moves it. */
export function CustomFieldRow({ at, last, rule, onChange, onMove, onRemove }: Props) {
  const { t } = useTranslation();
  const { locked, issues } = useForm();
  const place = `customFields[${at}]`;
  const field = typeof rule.field === 'string' ? rule.field : written(rule.field);
  const name = field ? pathWords(t, field) : t('settings.row', { at: at + 1 });
  const mode = written(rule.matchMode);
  const [atRow, atField, atMode] = ['', '.field', '.matchMode'].map((part) => issuesAt(issues, place + part));
  const wrong = [...(atRow ?? []), ...(atField ?? []), ...(atMode ?? [])];
  const onKey = (event: KeyboardEvent) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!event.altKey || by === undefined || locked) return;
    // Before the inputs, which would open their lists.
    event.preventDefault();
    event.stopPropagation();
    onMove(by);
  };
  return (
    <li className={styles.row} onKeyDownCapture={onKey} data-testid={`settings-custom-${at}`}>
      <PathField
        label={t('settings.pathOf', { at: at + 1 })}
        value={field}
        onChange={(path) => {
          if (path !== field) onChange({ field: path });
        }}
        isDisabled={locked}
        isInvalid={(atField?.length ?? 0) > 0}
        testId={`settings-custom-path-${at}`}
      />
      <NumberInput
        label={t('settings.weightOf', { name })}
        hideLabel
        value={rule.weight}
        onChange={(weight) => onChange({ weight })}
        isDisabled={locked}
        issues={issuesAt(issues, `${place}.weight`)}
        testId={`settings-custom-weight-${at}`}
      />
      <select
        className={styles.select}
        aria-label={t('settings.modeOf', { name })}
        value={mode}
        disabled={locked}
        onChange={(event) => onChange({ matchMode: event.target.value })}
        data-testid={`settings-custom-mode-${at}`}
      >
        {MODES.map((each) => (
          <option key={each} value={each}>
            {modeWords(t, each)}
          </option>
        ))}
        {!MODES.some((each) => each === mode) && <option value={mode}>{mode}</option>}
      </select>
      <span className={styles.rowActions}>
        <Button
          look="quiet"
          icon={<ArrowUp />}
          label={t('settings.up', { name })}
          isDisabled={locked || at === 0}
          onPress={() => onMove(-1)}
          data-testid={`settings-custom-up-${at}`}
        />
        <Button
          look="quiet"
          icon={<ArrowDown />}
          label={t('settings.down', { name })}
          isDisabled={locked || last}
          onPress={() => onMove(1)}
          data-testid={`settings-custom-down-${at}`}
        />
        <Button
          look="quiet"
          icon={<X />}
          label={t('settings.remove', { name })}
          isDisabled={locked}
          onPress={onRemove}
          data-testid={`settings-custom-remove-${at}`}
        />
      </span>
      <Issues messages={wrong} testId={`settings-custom-error-${at}`} />
    </li>
  );
}
