import type { ReactNode } from 'react';
import styles from './SyncPanel.module.css';

interface Props {
  icon: ReactNode;
  tone?: 'alert' | 'caution' | 'good';
  /** Buttons at its end. */
  actions?: ReactNode;
  children: ReactNode;
  testId: string;
}

/** One line of the panel: what is so, and what can be done about it. */
export function PanelLine({ icon, tone, actions, children, testId }: Props) {
  return (
    <li className={`${styles.row} ${tone ? styles[tone] : ''}`} data-testid={testId}>
      <span className={styles.icon} aria-hidden="true">
        {icon}
      </span>
      <div className={styles.words} data-selectable>
        {children}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </li>
  );
}
