import { Scissors } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { CutView } from '../../ipc/bindings';
import { count } from '../../shared/numbers';
import { SideBadge } from '../../shared/ui/SideBadge';
import styles from './Card.module.css';

/** That a conversation is cut, and how many messages each contact has of it. */
export function CutBadge({ cut }: { cut: CutView }) {
  const { t } = useTranslation();
  return (
    <span className={styles.third} data-testid={`cut-${cut.conversationId}`}>
      <Scissors aria-hidden="true" className={styles.icon} />
      <span>{t('separation.cut')}</span>
      <SideBadge side="original" /> {count(cut.original.count)}
      <SideBadge side="new" /> {count(cut.new.count)}
    </span>
  );
}
