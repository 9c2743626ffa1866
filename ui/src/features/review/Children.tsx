import { Bell, FileText, GraduationCap, MessageSquare, NotebookText, Send } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChildGroup, ChildItem, ChildKind, SideName } from '../../ipc/bindings';
import { Ago } from '../../shared/ui/Ago';
import { SideBadge } from '../../shared/ui/SideBadge';
import styles from './Children.module.css';

const ICONS: Record<ChildKind, typeof Bell> = {
  conversation: MessageSquare,
  application: Send,
  note: NotebookText,
  reminder: Bell,
  trainingSnapshot: GraduationCap,
  document: FileText,
};

/** Records shown of each kind and side before the rest is a button. */
const SHOWN = 2;

interface Props {
  groups: ChildGroup[];
  /** How many would move in a merge, if known. */
  moving: number | null;
  survivor: string;
}

/** What hangs on both contacts, and how much of it would move. */
export function Children({ groups, moving, survivor }: Props) {
  const { t } = useTranslation();
  const filled = groups.filter(({ source, candidate }) => source?.length !== 0 || candidate?.length !== 0);
  return (
    <section className={styles.panel} aria-labelledby="children-title">
      <h2 id="children-title" className={styles.title}>
        {t('children.title')}
      </h2>
      <p className={styles.second}>
        {moving === null ? t('children.movingUnknown') : t('children.moving', { count: moving, survivor })}
      </p>
      {filled.length === 0 && <p className={styles.second}>{t('children.none')}</p>}
      {filled.map((group) => (
        <Group key={group.kind} group={group} />
      ))}
    </section>
  );
}

function Group({ group }: { group: ChildGroup }) {
  const { t } = useTranslation();
  const Icon = ICONS[group.kind];
  return (
    <section className={styles.group}>
      <h3 className={styles.kind}>
        <Icon aria-hidden="true" />
        {t(`children.kind.${group.kind}`)}
      </h3>
      <div className={styles.sides}>
        <Side side="source" items={group.source} />
        <Side side="candidate" items={group.candidate} />
      </div>
    </section>
  );
}

function Side({ side, items }: { side: SideName; items: ChildItem[] | null }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const shown = all ? items : items?.slice(0, SHOWN);
  const more = (items?.length ?? 0) - (shown?.length ?? 0);
  return (
    <div className={styles.side}>
      <SideBadge side={side} />
      <div className={styles.items}>
        {items === null && <p className={styles.second}>{t('children.unknown')}</p>}
        {items?.length === 0 && <p className={styles.second}>{t('children.noneHere')}</p>}
        <ul>
          {shown?.map((item) => (
            <Child key={item.id} item={item} />
          ))}
        </ul>
        {more > 0 && (
          <button type="button" className={styles.more} onClick={() => setAll(true)}>
            {t('children.more', { count: more })}
          </button>
        )}
      </div>
    </div>
  );
}

function Child({ item: { title, detail, messages, at } }: { item: ChildItem }) {
  const { t } = useTranslation();
  return (
    <li className={styles.child} data-selectable>
      <p className={styles.childTitle}>{title}</p>
      <p className={styles.second}>
        {messages !== null && <span>{t('children.messages', { count: messages })}</span>}
        {detail && <span>{detail}</span>}
        {at && (
          <span>
            <Ago time={at} />
          </span>
        )}
      </p>
    </li>
  );
}
