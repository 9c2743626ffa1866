import { FieldError, Label, TextArea, TextField } from 'react-aria-components';
import type { Refusal } from '../../ipc/refusal';
import styles from './Field.module.css';

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  refusal: Refusal | null;
  testId: string;
  autoFocus?: boolean;
}

/** A few words for the record. */
export function NoteField({ label, refusal, testId, ...rest }: Props) {
  return (
    <TextField {...rest} isInvalid={refusal !== null} className={styles.field} validationBehavior="aria">
      <Label className={styles.label}>{label}</Label>
      <TextArea className={styles.input} rows={2} data-testid={testId} />
      <FieldError className={styles.error} data-testid="error">
        {refusal?.message}
      </FieldError>
    </TextField>
  );
}
