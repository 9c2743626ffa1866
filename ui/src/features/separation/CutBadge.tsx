import { Scissors } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { count } from '../../shared/numbers';
import { SideBadge } from '../../shared/ui/SideBadge';
import styles from './Card.module.css';
import { usePlanPart } from './EditorContext';

/** That a conversation is cut, and how many messages each contact has of it. */
export function CutBadge({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation();
  const cut = usePlanPart(({ state }) => state.cuts.find((each) => each.conversationId === conversationId));
  if (!cut) return null;
  return (
    <span className={styles.third} data-testid={`cut-${conversationId}`}>
      <Scissors aria-hidden="true" className={styles.icon} />
      <span>{t('separation.cut')}</span>
      <SideBadge side="original" /> {count(cut.original.count)}
      <SideBadge side="new" /> {count(cut.new.count)}
    </span>
  );
}
