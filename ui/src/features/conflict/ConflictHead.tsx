import { ArrowLeft, ChevronDown, ChevronUp } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { OutboxEntry } from '../../ipc/bindings';
import { Until } from '../../shared/entry/Until';
import { stateKey } from '../../shared/entryWords';
import { Ago } from '../../shared/ui/Ago';
import { Button } from '../../shared/ui/Button';
import styles from './Conflict.module.css';

interface Props {
  entry: OutboxEntry;
  /** Where it stands among those that need the admin. */
  position: { at: number; of: number } | null;
  onBack: () => void;
  onNext: (() => void) | null;
  onPrevious: (() => void) | null;
}

/** Which decision this is, and the way to the others that need somebody. */
export function ConflictHead({ entry, position, onBack, onNext, onPrevious }: Props) {
  const { t } = useTranslation();
  return (
    <header className={styles.head}>
      <Button
        look="quiet"
        icon={<ArrowLeft />}
        label={t('conflict.back')}
        command="back"
        onPress={onBack}
        data-testid="conflict-back"
      />
      <div className={styles.names}>
        <h1 id="conflict-title" className={styles.title} data-selectable>
          {entry.title}
        </h1>
        <p className={styles.second}>
          {t(`decision.${entry.kind}`, { defaultValue: entry.kind })} · <Ago time={entry.decidedAt} /> ·{' '}
          <span data-testid="conflict-state" data-state={entry.state}>
            {t(stateKey(entry))}
          </span>{' '}
          <Until entry={entry} />
        </p>
      </div>
      {position && position.of > 1 && (
        <div className={styles.position}>
          <span className={styles.second}>{t('conflict.position', position)}</span>
          <Button
            look="quiet"
            icon={<ChevronUp />}
            label={t('conflict.previous')}
            isDisabled={!onPrevious}
            onPress={() => onPrevious?.()}
          />
          <Button
            look="quiet"
            icon={<ChevronDown />}
            label={t('conflict.next')}
            command="nextNeedsYou"
            isDisabled={!onNext}
            onPress={() => onNext?.()}
            data-testid="conflict-next"
          />
        </div>
      )}
    </header>
  );
}
