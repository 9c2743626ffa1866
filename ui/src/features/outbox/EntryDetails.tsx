import { Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { OutboxEntry } from '../../ipc/bindings';
import { Attempts } from '../../shared/entry/Attempts';
import type { Deed } from '../../shared/entry/deeds';
import { Receipt } from '../../shared/receipt/Receipt';
import { exact } from '../../shared/time';
import { Button } from '../../shared/ui/Button';
import { fieldName } from '../../shared/ui/fieldName';
import styles from './Outbox.module.css';

interface Props {
  entry: OutboxEntry;
  unfolded: boolean;
  busy: boolean;
  onFold: (opId: string) => void;
  act: (entry: OutboxEntry, deed: Deed) => void;
}

/** The note, what the server did beside what was predicted, and every attempt; folded away until asked for. */
export function EntryDetails({ entry, unfolded, busy, onFold, act }: Props) {
  const { t } = useTranslation();
  const { opId, note, differences, receipt, history, decidedAt } = entry;
  const head = differences.length > 0 ? t('outbox.differences', { count: differences.length }) : null;
  return (
    <details className={styles.across} open={unfolded}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a summary is a control, by pointer and by key. */}
      <summary
        className={styles.summary}
        onClick={(event) => {
          event.preventDefault();
          onFold(opId);
        }}
      >
        {head ?? t(receipt ? 'receipt.title' : 'outbox.details')}
      </summary>
      <div className={styles.details} data-selectable>
        <p className={styles.second}>{t('outbox.decidedAt', { time: exact(decidedAt) })}</p>
        {note !== null && (
          <p>
            <span className={styles.second}>{t('outbox.note')}</span> {note}
          </p>
        )}
        {differences.map(([path, predicted, actual]) => (
          <p key={path}>
            <span className={styles.second}>{fieldName(t, path)}</span>{' '}
            {t('outbox.difference', { predicted: predicted || '—', actual: actual || '—' })}
          </p>
        ))}
        {receipt && <Receipt receipt={receipt} />}
        <Attempts attempts={history} />
        <p>
          <Button
            look="quiet"
            icon={<Download />}
            isDisabled={busy}
            onPress={() => act(entry, 'export')}
            data-testid={`outbox-export-${opId}`}
          >
            {t('outbox.export')}
          </Button>
        </p>
      </div>
    </details>
  );
}
