import { Search } from 'lucide-react';
import { useState } from 'react';
import {
  Autocomplete,
  Dialog,
  Input,
  Menu,
  MenuItem,
  Modal,
  ModalOverlay,
  TextField,
  useFilter,
} from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { CommandId } from '../shared/keys/commands';
import { registry } from '../shared/keys/registry';
import { useLayer, useOwnLayer, useRegistryVersion } from '../shared/keys/useCommand';
import { Keys } from '../shared/ui/Keys';
import styles from './Palette.module.css';

/** Every command that can be done here, by name. */
export function Palette({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  useOwnLayer(isOpen);
  return (
    <ModalOverlay
      isOpen={isOpen}
      isDismissable
      onOpenChange={(open) => !open && onClose()}
      className={styles.veil}
    >
      <Modal className={styles.modal}>
        <Commands onClose={onClose} />
      </Modal>
    </ModalOverlay>
  );
}

function Commands({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { contains } = useFilter({ sensitivity: 'base' });
  const [text, setText] = useState('');
  const layer = useLayer();
  useRegistryVersion();
  const offers = registry.offered(layer).filter(({ command }) => !command.keyOnly);

  const act = (id: CommandId) => {
    onClose();
    // After the palette is gone, so that the command finds its own layer.
    setTimeout(() => registry.run(id), 0);
  };
  return (
    <Dialog aria-label={t('command.palette')} className={styles.sheet} data-testid="palette">
      <Autocomplete filter={contains} inputValue={text} onInputChange={setText}>
        <TextField aria-label={t('palette.find')} autoFocus className={styles.field}>
          <Search aria-hidden="true" />
          <Input placeholder={t('palette.find')} className={styles.input} />
        </TextField>
        <Menu
          aria-label={t('command.palette')}
          className={styles.list}
          disabledKeys={offers.flatMap(({ command, off }) => (off === undefined ? [] : [command.id]))}
          onAction={(key) => act(key as CommandId)}
          renderEmptyState={() => <p className={styles.none}>{t('palette.none')}</p>}
        >
          {offers.map(({ command, off }) => (
            <MenuItem
              key={command.id}
              id={command.id}
              textValue={t(`command.${command.id}`)}
              className={styles.item}
            >
              <span className={styles.name}>{t(`command.${command.id}`)}</span>
              {off !== undefined && <span className={styles.off}>{off}</span>}
              <Keys of={command.id} />
            </MenuItem>
          ))}
        </Menu>
      </Autocomplete>
    </Dialog>
  );
}
