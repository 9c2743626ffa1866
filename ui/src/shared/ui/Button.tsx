import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps } from 'react-aria-components';
import type { CommandId } from '../keys/commands';
import styles from './Button.module.css';
import { Hint } from './Hint';
import { Keys } from './Keys';

interface Props extends Omit<ButtonProps, 'className' | 'children'> {
  look?: 'plain' | 'lead' | 'quiet' | 'danger';
  /** The command it stands for: its key is shown in the button, or with `icon` in the tooltip. */
  command?: CommandId | undefined;
  /** Only an icon: the label becomes name and tooltip. */
  icon?: ReactNode;
  /** Shows only its icon where the screen is narrow. */
  folds?: boolean;
  /** What is read out, and shown as tooltip of an icon. */
  label?: string;
  children?: ReactNode;
  'data-testid'?: string;
}

/** A button, in one of four looks. */
export function Button({ look = 'plain', command, icon, label, folds, children, ...rest }: Props) {
  const button = (
    <AriaButton
      {...rest}
      aria-label={icon ? label : rest['aria-label']}
      className={`${styles.button} ${styles[look]} ${icon && !children ? styles.icon : ''} ${folds ? styles.folds : ''}`}
    >
      {icon}
      {children && <span className={styles.label}>{children}</span>}
      {command && !(icon && !children) && <Keys of={command} />}
    </AriaButton>
  );
  return icon && (folds || !children) && label ? (
    <Hint text={label} command={command}>
      {button}
    </Hint>
  ) : (
    button
  );
}
