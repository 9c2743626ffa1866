import type { ReactNode } from 'react';
import { Tooltip, TooltipTrigger } from 'react-aria-components';
import type { CommandId } from '../keys/commands';
import styles from './Hint.module.css';
import { Keys } from './Keys';

/** A tooltip for a control: words, and the key that does the same. */
export function Hint({
  text,
  command,
  children,
}: {
  text: string;
  command?: CommandId;
  children: ReactNode;
}) {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      {children}
      <Tooltip className={styles.hint} offset={6}>
        {text}
        {command && <Keys of={command} />}
      </Tooltip>
    </TooltipTrigger>
  );
}
