import { FieldError, Input, Label, TextField } from 'react-aria-components';
import type { Refusal } from '../../ipc/refusal';
import styles from './Field.module.css';

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** What the application said about this input. */
  refusal: Refusal | null;
  testId: string;
  type?: 'text' | 'password';
  inputMode?: 'url' | 'email';
  autoComplete?: string;
  placeholder?: string;
}

/** An input with its label, and below it what is wrong with it. */
export function Field({ label, refusal, testId, placeholder, ...rest }: Props) {
  return (
    <TextField {...rest} isInvalid={refusal !== null} className={styles.field} validationBehavior="aria">
      <Label className={styles.label}>{label}</Label>
      <Input
        className={styles.input}
        placeholder={placeholder}
        data-testid={testId}
        spellCheck={false}
        autoCapitalize="off"
      />
      <FieldError className={styles.error} data-testid="error">
        {refusal && [refusal.message, refusal.hint].filter(Boolean).join(' ')}
      </FieldError>
    </TextField>
  );
}
