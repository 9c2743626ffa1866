import { Split } from 'lucide-react';
import { useState } from 'react';
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { ReviewView, SideName } from '../../ipc/bindings';
import { useCommand, useOwnLayer } from '../../shared/keys/useCommand';
import { navigate } from '../../shared/route';
import { Button } from '../../shared/ui/Button';
import { SideBadge } from '../../shared/ui/SideBadge';
import { useApart } from './apart';
import styles from './SeparateMenu.module.css';

const SIDES: SideName[] = ['source', 'candidate'];

interface Props {
  view: ReviewView;
  /** Why neither can be separated now. */
  off: string | undefined;
}

/** One of the two may itself be two people: which, and on to its separation; the way back leads here. */
export function SeparateMenu({ view, off }: Props) {
  const { t } = useTranslation();
  const apart = useApart(view);
  const [open, setOpen] = useState(false);
  // A letter that looks for an entry of the menu must not decide about the review.
  useOwnLayer(open);
  const separate = (side: SideName) => {
    const from = { screen: 'review', reviewId: view.reviewId } as const;
    navigate({ screen: 'separation', contactId: view[side].contactId, from });
  };
  useCommand('separateOne', () => setOpen(true), off);
  useCommand('separateSource', () => separate('source'), off);
  useCommand('separateCandidate', () => separate('candidate'), off);
  return (
    <MenuTrigger isOpen={open} onOpenChange={setOpen}>
      <Button
        icon={<Split />}
        label={t('command.separateOne')}
        folds
        look="quiet"
        command="separateOne"
        isDisabled={off !== undefined}
        data-testid="separate-one"
      >
        {t('command.separateOne')}
      </Button>
      <Popover className={styles.popover} placement="top start">
        <Menu
          className={styles.menu}
          aria-label={t('command.separateOne')}
          autoFocus="first"
          onAction={(key) => separate(key === 'source' ? 'source' : 'candidate')}
        >
          {SIDES.map((side) => (
            <MenuItem
              key={side}
              id={side}
              className={styles.item}
              textValue={view[side].name}
              data-testid={`separate-${side}`}
            >
              <SideBadge side={side} />
              <span>{t('review.separate', { name: view[side].name + apart[side] })}</span>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
