import { useTranslation } from 'react-i18next';
import type { OutboxEntry } from '../../ipc/bindings';
import { useReadOnly } from '../session/useReadOnly';
import { Button } from '../ui/Button';
import { type Deed, type Offer, offersOf } from './deeds';
import styles from './Entry.module.css';

interface Props {
  entry: OutboxEntry;
  act: (entry: OutboxEntry, deed: Deed) => void;
  busy: boolean;
  /** What is offered elsewhere. */
  without?: Deed[];
  /** Whether it is said elsewhere what goes first. */
  chained?: boolean;
  /** What leads. */
  lead?: Deed | undefined;
}

const TEST_IDS: Record<Deed, (opId: string) => string> = {
  compare: () => 'outbox-compare',
  edit: (opId) => `outbox-edit-${opId}`,
  send: () => 'outbox-retry',
  wasDone: (opId) => `outbox-mark-applied-${opId}`,
  wasNotDone: (opId) => `outbox-mark-not-applied-${opId}`,
  withdraw: () => 'outbox-withdraw',
  open: () => 'outbox-open',
  export: () => 'outbox-export',
};

/** What can be done about a decision where it stands; below it, why something cannot be done now. */
export function DeedButtons({ entry, act, busy, without = [], chained, lead }: Props) {
  const { t } = useTranslation();
  const readOnly = useReadOnly();
  const offers = offersOf(t, entry, readOnly).filter(({ deed }) => !without.includes(deed));
  const reasons = [
    ...new Set(offers.flatMap(({ deed, off }) => (chained && deed === 'send' ? [] : (off ?? [])))),
  ];
  const look = ({ deed }: Offer) =>
    deed === lead ? 'lead' : deed === 'withdraw' || deed === 'open' ? 'quiet' : 'plain';
  return (
    <>
      {offers.map((offer) => (
        <Button
          key={offer.deed}
          look={look(offer)}
          isDisabled={offer.off !== undefined || busy}
          onPress={() => act(entry, offer.deed)}
          data-testid={TEST_IDS[offer.deed](entry.opId)}
        >
          {offer.label}
        </Button>
      ))}
      {reasons.length > 0 && (
        <p className={styles.off} data-testid="outbox-off">
          {reasons.join(' ')}
        </p>
      )}
    </>
  );
}
