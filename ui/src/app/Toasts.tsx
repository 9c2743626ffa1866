import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { dismiss, useToasts } from '../shared/toasts';
import { Button } from '../shared/ui/Button';
import styles from './Toasts.module.css';

/** Messages that come and go, read out by a screen reader as they come. */
export function Toasts() {
  const toasts = useToasts((state) => state.toasts);
  const { t } = useTranslation();
  return (
    <div className={styles.toasts} role="status" aria-label={t('toast.region')}>
      {toasts.map(({ id, text, tone, action }) => (
        <div key={id} className={`${styles.toast} ${styles[tone]}`} data-testid="toast">
          <span className={styles.text}>{text}</span>
          {action && (
            <Button
              data-testid={action.testId}
              onPress={() => {
                dismiss(id);
                action.run();
              }}
            >
              {action.label}
            </Button>
          )}
          <Button look="quiet" icon={<X />} label={t('close')} onPress={() => dismiss(id)} />
        </div>
      ))}
    </div>
  );
}
