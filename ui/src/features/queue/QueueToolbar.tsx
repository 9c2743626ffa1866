import { ArrowDownUp, Check, HardDriveDownload } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { QueueSort } from '../../ipc/bindings';
import { registry } from '../../shared/keys/registry';
import { useRegistryVersion } from '../../shared/keys/useCommand';
import { count } from '../../shared/numbers';
import { useQueue, useQueueStore } from '../../shared/queue/QueueContext';
import { useSession } from '../../shared/session/SessionContext';
import { Ago } from '../../shared/ui/Ago';
import { Button } from '../../shared/ui/Button';
import { SearchField } from '../../shared/ui/SearchField';
import styles from './Queue.module.css';
import { focusList } from './QueueList';

const SORTS: QueueSort[] = ['scoreDown', 'scoreUp', 'newest', 'oldest'];

/** How long typing rests before it is searched for, in milliseconds. */
const REST = 150;

/** What is shown, how many, in which order, and the search. */
export function QueueToolbar() {
  const { t } = useTranslation();
  const filter = useQueue((state) => state.filter);
  const total = useQueue((state) => state.total);
  const loaded = useQueue((state) => state.loaded);
  return (
    <header className={styles.toolbar}>
      <h1 id="queue-title" className={styles.title}>
        {t(`queue.title.${filter}`)}
      </h1>
      <span className={styles.total} role="status">
        {loaded ? t('queue.total', { count: total, shown: count(total) }) : ''}
        {loaded && <AsOf />}
      </span>
      <SearchBox />
      <TakeAlong />
      <SortMenu />
    </header>
  );
}

/** How old what is shown is, while the server cannot be asked. */
function AsOf() {
  const { t } = useTranslation();
  const { connection, syncedAt } = useSession((session) => session.status);
  if (connection === 'online' || connection === 'connecting') return null;
  return (
    <span data-testid="queue-as-of">
      {' · '}
      {syncedAt ? (
        <>
          {t('queue.asOf')} <Ago time={syncedAt} />
        </>
      ) : (
        t('queue.neverRead')
      )}
    </span>
  );
}

/** Leads to the sheet that takes reviews along. */
function TakeAlong() {
  const { t } = useTranslation();
  useRegistryVersion();
  const off = registry.find('takeAlong')?.off;
  return (
    <Button
      look="quiet"
      icon={<HardDriveDownload />}
      label={off ?? t('command.takeAlong')}
      folds
      isDisabled={off !== undefined}
      onPress={() => void registry.run('takeAlong')}
      data-testid="take-along"
    >
      {t('taking.button')}
    </Button>
  );
}

function SearchBox() {
  const { t } = useTranslation();
  const queue = useQueueStore();
  const search = useQueue((state) => state.search);
  const [text, setText] = useState(search);
  useEffect(() => setText(search), [search]);
  useEffect(() => {
    if (text === queue.store.getState().search) return;
    const timer = setTimeout(() => queue.show({ search: text }), REST);
    return () => clearTimeout(timer);
  }, [text, queue]);

  const type = (typed: string) => {
    setText(typed);
    // At once: whoever clears the search and goes elsewhere comes back to the whole queue.
    if (typed === '' && queue.store.getState().search !== '') queue.show({ search: '' });
  };
  return (
    <SearchField
      label={t('queue.search')}
      value={text}
      onChange={type}
      onEnter={focusList}
      onClear={() => {
        type('');
        focusList();
      }}
      testId="queue-search"
    />
  );
}

function SortMenu() {
  const { t } = useTranslation();
  const queue = useQueueStore();
  const sort = useQueue((state) => state.sort);
  return (
    <MenuTrigger>
      <AriaButton className={styles.sort} data-testid="queue-sort">
        <ArrowDownUp aria-hidden="true" />
        <span className={styles.sortLabel}>{t(`queue.sort.${sort}`)}</span>
      </AriaButton>
      <Popover className={styles.popover} placement="bottom end">
        <Menu
          className={styles.menu}
          aria-label={t('queue.sort.label')}
          selectionMode="single"
          selectedKeys={[sort]}
          onAction={(key) => queue.show({ sort: key as QueueSort })}
        >
          {SORTS.map((each) => (
            <MenuItem key={each} id={each} className={styles.menuItem} textValue={t(`queue.sort.${each}`)}>
              <span className={styles.tick}>{each === sort && <Check aria-hidden="true" />}</span>
              {t(`queue.sort.${each}`)}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
