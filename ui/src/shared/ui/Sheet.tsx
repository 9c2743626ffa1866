import type { ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { LayerProvider, useLayer, useOwnLayer } from '../keys/useCommand';
import styles from './Sheet.module.css';

interface Props {
  title: ReactNode;
  isOpen: boolean;
  onClose: () => void;
  wide?: boolean;
  /** Buttons at the foot, the leading one last. */
  actions?: ReactNode;
  children: ReactNode;
  'data-testid'?: string;
}

/** A sheet over the window. Escape and a click beside it close it; commands below wait until it is gone. */
export function Sheet({ title, isOpen, onClose, wide, actions, children, ...rest }: Props) {
  const layer = useLayer();
  useOwnLayer(isOpen);
  return (
    <ModalOverlay
      isOpen={isOpen}
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      className={styles.veil}
    >
      <Modal className={`${styles.modal} ${wide ? styles.wide : ''}`}>
        <Dialog className={styles.sheet} data-testid={rest['data-testid']}>
          <Heading slot="title" level={2} className={styles.title}>
            {title}
          </Heading>
          <LayerProvider value={layer + 1}>
            <div className={styles.body}>{children}</div>
            {actions && <div className={styles.actions}>{actions}</div>}
          </LayerProvider>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
