import { ArrowRight, ChevronDown, ChevronUp } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { EvidenceView } from '../../ipc/bindings';
import { percent } from '../../shared/numbers';
import { SideBadge } from '../../shared/ui/SideBadge';
import styles from './Card.module.css';
import { useBoard, useBoardState } from './EditorContext';
import type { Column, Item } from './rows';
import { useMove } from './useMove';

export const evidenceWords = ({ label, quote }: EvidenceView): string =>
  quote ? `${label}: “${quote}”` : label;

interface Props {
  item: Item;
  column: Column;
  tabbable: boolean;
}

/** The side that is proposed for a card, how sure, and why: the best piece at once, the rest on demand. */
export function Proposal({ item: { key, card, suggestion }, column, tabbable }: Props) {
  const { t } = useTranslation();
  const board = useBoard();
  const open = useBoardState((state) => state.expanded.has(key));
  const { move } = useMove();
  if (!suggestion) return null;
  const { side, evidence } = suggestion;
  const [best] = evidence;
  const Chevron = open ? ChevronUp : ChevronDown;
  return (
    <>
      <span className={styles.third} title={evidence.map(evidenceWords).join('\n')}>
        <ArrowRight aria-label={t('separation.proposed')} className={styles.icon} />
        <SideBadge side={side} />
        <strong className={styles.percent}>{percent(suggestion.percent)}</strong>
        <span className={`${styles.why} ${styles.soft}`}>{best && evidenceWords(best)}</span>
        {evidence.length > 0 && (
          <button
            type="button"
            tabIndex={tabbable ? 0 : -1}
            className={styles.button}
            aria-expanded={open}
            aria-label={t('separation.why', { what: card.title })}
            onClick={() => board.expand(key)}
            data-testid={`why-${card.kind}-${card.id}`}
          >
            <Chevron aria-hidden="true" />
          </button>
        )}
        {column !== side && (
          <button
            type="button"
            tabIndex={tabbable ? 0 : -1}
            className={`${styles.button} ${styles.take}`}
            aria-label={t('separation.takeProposal', { what: card.title, where: t(`side.${side}.name`) })}
            onClick={() => move([key], side)}
            data-testid={`take-${card.kind}-${card.id}`}
          >
            {t('separation.take')}
          </button>
        )}
      </span>
      {open && (
        <ul className={styles.evidence} data-selectable>
          {evidence.map((each) => (
            <li key={evidenceWords(each)}>
              <SideBadge side={each.side} /> <span className={styles.why}>{evidenceWords(each)}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
