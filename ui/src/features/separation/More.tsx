import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import menus from './Menus.module.css';
import styles from './Separation.module.css';

interface Props {
  /** The one line that always shows. */
  summary: ReactNode;
  /** Name of what opens. */
  label: string;
  icon?: ReactNode;
  testId: string;
  children: ReactNode;
}

/** One line that opens the whole of it above itself. */
export function More({ summary, label, icon, testId, children }: Props) {
  return (
    <DialogTrigger>
      <Button className={styles.more} data-testid={testId}>
        {icon}
        <span className={styles.moreWords}>{summary}</span>
        <ChevronRight aria-hidden="true" />
      </Button>
      <Popover className={`${menus.popover} ${styles.whole}`} placement="top start">
        <Dialog aria-label={label} className={styles.dialog} data-testid={`${testId}-whole`}>
          {children}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
