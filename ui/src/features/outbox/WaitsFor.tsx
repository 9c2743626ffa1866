import { CornerRightUp } from 'lucide-react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { EntryLink } from '../../ipc/bindings';
import styles from './Outbox.module.css';

/** The decisions that go first, each a way to it. */
export function WaitsFor({ links, onJump }: { links: EntryLink[]; onJump: (opId: string) => void }) {
  const { t } = useTranslation();
  return (
    <p className={styles.waitsFor}>
      <span className={styles.second}>{t('outbox.goesAfter')}</span>
      {links.map(({ opId, kind, title }) => (
        <Button
          key={opId}
          className={styles.link}
          aria-label={t('outbox.jump', { title })}
          onPress={() => onJump(opId)}
          data-testid={`outbox-waits-for-${opId}`}
        >
          <CornerRightUp aria-hidden="true" />
          {t(`decision.${kind}`, { defaultValue: kind })} · {title}
        </Button>
      ))}
    </p>
  );
}
