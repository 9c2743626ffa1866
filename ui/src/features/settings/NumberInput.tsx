import { useState } from 'react';
import { FieldError, Input, Label, TextField } from 'react-aria-components';
import { typedNumber } from './model';
import styles from './Settings.module.css';

interface Props {
  label: string;
  /** Names it without a visible label. */
  hideLabel?: boolean;
  value: unknown;
  /** What was typed, as a number where it is one. */
  onChange: (value: number | string) => void;
  unit?: string;
  isDisabled: boolean;
  issues: string[];
  testId: string;
}

const textOf = (value: unknown): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : String(value);

/** A number as it is typed: what is no number stays in the input, and is said to be none. */
export function NumberInput({ label, hideLabel, value, onChange, unit, isDisabled, issues, testId }: Props) {
  const [typed, setTyped] = useState(textOf(value));
  // "92." and "92,0" are 92 as well: what was typed stays while it means the same.
  const text = typedNumber(typed) === value ? typed : textOf(value);
  return (
    <TextField
      value={text}
      onChange={(next) => {
        setTyped(next);
        onChange(typedNumber(next));
      }}
      isDisabled={isDisabled}
      isInvalid={issues.length > 0}
      validationBehavior="aria"
      className={styles.number}
      {...(hideLabel ? { 'aria-label': label } : {})}
    >
      {!hideLabel && <Label className={styles.label}>{label}</Label>}
      <span className={styles.withUnit}>
        <Input className={styles.input} inputMode="decimal" data-testid={testId} spellCheck={false} />
        {unit && <span className={styles.unit}>{unit}</span>}
      </span>
      <FieldError className={styles.error} data-testid={`${testId}-error`}>
        {issues.join(' ')}
      </FieldError>
    </TextField>
  );
}
