import type { ReactNode } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import styles from './Leaving.module.css';

export interface Choice<K extends string> {
  id: K;
  title: string;
  /** What it means. */
  means: string;
  /** Why it cannot be chosen now. */
  off?: string | undefined;
}

interface Props<K extends string> {
  label: string;
  choices: Choice<K>[];
  chosen: K;
  onChoose: (id: K) => void;
  isDisabled: boolean;
  /** Below the one that is chosen. */
  children?: ReactNode;
}

/** One of a few ways on, each with what it means, and with the reason where it is closed. */
export function Choices<K extends string>(props: Props<K>) {
  const { label, choices, chosen, onChoose, isDisabled, children } = props;
  return (
    <RadioGroup
      value={chosen}
      onChange={(value) => onChoose(value as K)}
      isDisabled={isDisabled}
      className={styles.choices}
    >
      <Label className={styles.label}>{label}</Label>
      {choices.map(({ id, title, means, off }) => (
        <div key={id}>
          <Radio
            value={id}
            isDisabled={off !== undefined}
            className={styles.choice}
            data-testid={`leave-${id}`}
          >
            <span className={styles.mark} aria-hidden="true" />
            <span className={styles.choiceText}>
              <span>{title}</span>
              <span className={styles.second}>{off ?? means}</span>
            </span>
          </Radio>
          {id === chosen && children}
        </div>
      ))}
    </RadioGroup>
  );
}
