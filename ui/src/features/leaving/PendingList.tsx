import { CircleAlert, CircleHelp, Hourglass, PencilLine, Send, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { PendingWork } from '../../ipc/bindings';
import styles from './Leaving.module.css';

/** What can be pending, in the order of how much it needs a person. */
export const KINDS = ['unsaved', 'needsPerson', 'uncertain', 'underWay', 'waiting', 'drafts'] as const;

export type Kind = (typeof KINDS)[number];

const ICONS: Record<Kind, typeof Send> = {
  unsaved: TriangleAlert,
  needsPerson: CircleAlert,
  uncertain: CircleHelp,
  underWay: Send,
  waiting: Hourglass,
  drafts: PencilLine,
};

/** What is not settled, in numbers and words; what there is none of is not named. */
export function PendingList({ work, only = KINDS }: { work: PendingWork; only?: readonly Kind[] }) {
  const { t } = useTranslation();
  return (
    <ul className={styles.pending} data-testid="pending">
      {only
        .filter((kind) => work[kind] > 0)
        .map((kind) => {
          const Icon = ICONS[kind];
          return (
            <li key={kind} className={styles[kind]} data-testid={`pending-${kind}`}>
              <Icon aria-hidden="true" />
              <span>{t(`leaving.${kind}`, { count: work[kind] })}</span>
            </li>
          );
        })}
    </ul>
  );
}

/** Whether there is anything to ask about. */
export const isPending = (work: PendingWork): boolean => KINDS.some((kind) => work[kind] > 0);
