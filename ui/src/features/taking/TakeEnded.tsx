import { useTranslation } from 'react-i18next';
import type { TakingView } from '../../ipc/bindings';
import { Button } from '../../shared/ui/Button';
import { EndNotice } from './EndNotice';
import styles from './Taking.module.css';

interface Props {
  taking: TakingView;
  onMore: () => void;
  onClose: () => void;
}

/** How it ended, to whoever watched it. */
export function TakeEnded({ taking, onMore, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <EndNotice taking={taking} live />
      <div className={styles.foot}>
        <Button onPress={onMore} data-testid="take-more">
          {t('taking.more')}
        </Button>
        <Button look="lead" onPress={onClose} autoFocus data-testid="take-done">
          {t('taking.hide')}
        </Button>
      </div>
    </>
  );
}
