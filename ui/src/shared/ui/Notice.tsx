import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './Notice.module.css';

const ICONS = { calm: Info, caution: TriangleAlert, alert: CircleAlert };

interface Props {
  tone: keyof typeof ICONS;
  children: ReactNode;
  /** Buttons at its end. */
  actions?: ReactNode;
  /** Read out at once. */
  live?: boolean;
  'data-testid'?: string;
}

/** Something to know, in words, where it belongs: an icon, a colour and a sentence. */
export function Notice({ tone, children, actions, live, ...rest }: Props) {
  const Icon = ICONS[tone];
  return (
    <div
      className={`${styles.notice} ${styles[tone]}`}
      role={live ? 'alert' : undefined}
      data-testid={rest['data-testid']}
    >
      <Icon aria-hidden="true" className={styles.icon} />
      <div className={styles.text} data-selectable>
        {children}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
