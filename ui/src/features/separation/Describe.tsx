import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { CutView } from '../../ipc/bindings';
import { SideBadge } from '../../shared/ui/SideBadge';
import { useEditor, useView } from './EditorContext';
import menus from './Menus.module.css';
import { OptionsMenu } from './OptionsMenu';
import styles from './Timeline.module.css';

/** Who works on the conversation that the cut makes, and its status; left to the server while nothing is said. */
export function Describe({ cut }: { cut: CutView }) {
  const { t } = useTranslation();
  const editor = useEditor();
  const { users, statuses } = useView();
  const { conversationId, assignees, status, madeFor } = cut;
  const [typed, setTyped] = useState<string | null>(null);
  const describe = (change: Partial<Pick<CutView, 'assignees' | 'status'>>) =>
    editor.edit({ edit: 'describe', conversationId, assignees, status, ...change });
  const save = (text: string) => {
    setTyped(null);
    if (text.trim() !== (status ?? '')) describe({ status: text.trim() || null });
  };
  const chosen = users.filter((user) => assignees?.includes(user.id)).map((user) => user.label);
  return (
    <div className={styles.describe} data-testid="describe">
      <SideBadge side={madeFor} />
      <span>{t('separation.newConversation')}</span>
      <MenuTrigger>
        <AriaButton
          className={menus.trigger}
          aria-label={t('separation.assigneesNow', {
            who: chosen.join(', ') || t('separation.leftToServer'),
          })}
          data-testid="describe-assignees"
        >
          {chosen.join(', ') || t('separation.nobodyChosen')}
          <ChevronDown aria-hidden="true" />
        </AriaButton>
        <Popover className={menus.popover} placement="top start">
          <Menu
            className={menus.menu}
            aria-label={t('separation.assignees')}
            selectionMode="multiple"
            selectedKeys={assignees ?? []}
            onSelectionChange={(keys) => {
              const ids = keys === 'all' ? users.map((user) => user.id) : [...keys].map(String);
              describe({ assignees: ids.length > 0 ? ids : null });
            }}
          >
            {users.map(({ id, label }) => (
              <MenuItem key={id} id={id} textValue={label} className={menus.item}>
                {({ isSelected }) => (
                  <>
                    <span className={menus.tick}>{isSelected && '✓'}</span>
                    {label}
                  </>
                )}
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
      <label className={styles.status}>
        {t('separation.status')}
        <input
          value={typed ?? status ?? ''}
          placeholder={t('separation.leftToServer')}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={() => typed !== null && save(typed)}
          onKeyDown={(event) => event.key === 'Enter' && typed !== null && save(typed)}
          data-testid="describe-status"
        />
      </label>
      {statuses.length > 0 && (
        <OptionsMenu
          label={t('separation.statuses')}
          options={statuses.map((text) => ({ text, shown: text, from: '' }))}
          onPick={save}
          testId="describe-statuses"
        />
      )}
    </div>
  );
}
