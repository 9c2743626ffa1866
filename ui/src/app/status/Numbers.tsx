import { CircleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { navigate } from '../../shared/route';
import { useParts } from '../../shared/session/parts';
import { Button } from '../../shared/ui/Button';
import styles from './StatusLine.module.css';

const PARTS = [
  ['waiting', 'status.waiting'],
  ['sending', 'status.sendingCount'],
  ['needsYou', 'status.needsYou'],
] as const;

/** What is not settled, as numbers that lead to it in the outbox. */
export function Numbers() {
  const { t } = useTranslation();
  const parts = useParts();
  return PARTS.filter(([part]) => parts[part] > 0).map(([part, key]) => (
    <span key={part} className={`${styles.number} ${styles[part]}`}>
      <Button
        look="quiet"
        onPress={() => navigate({ screen: 'outbox', only: part })}
        data-testid={`status-${part}`}
      >
        {part === 'needsYou' && <CircleAlert aria-hidden="true" />}
        {t(key, { count: parts[part] })}
      </Button>
    </span>
  ));
}
