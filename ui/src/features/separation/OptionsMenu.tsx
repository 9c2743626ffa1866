import { ChevronsUpDown } from 'lucide-react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import type { SplitOption } from '../../ipc/bindings';
import styles from './Menus.module.css';

interface Props {
  label: string;
  options: SplitOption[];
  onPick: (text: string) => void;
  testId: string;
}

/** Values known from elsewhere, each with where it is from. */
export function OptionsMenu({ label, options, onPick, testId }: Props) {
  return (
    <MenuTrigger>
      <Button className={styles.small} aria-label={label} data-testid={testId}>
        <ChevronsUpDown aria-hidden="true" />
      </Button>
      <Popover className={styles.popover} placement="bottom end">
        <Menu className={styles.menu} aria-label={label} onAction={(key) => onPick(String(key))}>
          {options.map(({ text, shown, from }) => (
            <MenuItem key={text} id={text} className={styles.item} textValue={`${shown} ${from}`}>
              <span>{shown}</span>
              <span className={styles.from}>{from}</span>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
