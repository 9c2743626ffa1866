import { Diff } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConflictRow } from '../../ipc/bindings';
import { Button } from '../../shared/ui/Button';
import styles from './Conflict.module.css';

/** So many values that are as they were are shown without being asked for. */
const FEW = 6;

/** Value by value: what was seen, what is there now, what was decided. What changed is marked, in words too. */
export function ConflictTable({ rows, read }: { rows: ConflictRow[]; read: boolean }) {
  const { t } = useTranslation();
  const changed = rows.filter((row) => row.changed);
  const same = rows.filter((row) => !row.changed);
  const [all, setAll] = useState(same.length <= FEW);
  const shown = all ? [...changed, ...same] : changed;
  const words = changed.length > 0 ? 'conflict.changedCount' : 'conflict.changedNone';
  return (
    <section className={styles.values}>
      <h2 className={styles.subtitle}>{t(words, { count: changed.length })}</h2>
      <table className={styles.table} aria-label={t('conflict.table')} data-testid="conflict-table">
        <thead>
          <tr>
            <th scope="col">{t('conflict.field')}</th>
            <th scope="col">{t('conflict.whenDecided')}</th>
            <th scope="col">{t('conflict.now')}</th>
            <th scope="col">{t('conflict.mine')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <Row key={row.path} row={row} read={read} />
          ))}
        </tbody>
      </table>
      {same.length > FEW && (
        <Button look="quiet" onPress={() => setAll(!all)} data-testid="conflict-same">
          {t(all ? 'conflict.hideSame' : 'conflict.same', { count: same.length })}
        </Button>
      )}
    </section>
  );
}

function Row({
  row: { path, label, whenDecided, now, mine, changed },
  read,
}: {
  row: ConflictRow;
  read: boolean;
}) {
  const { t } = useTranslation();
  const unknown = !read && now === null && whenDecided !== null;
  return (
    <tr className={changed ? styles.changed : ''} data-testid={`conflict-row-${path}`} data-changed={changed}>
      <th scope="row">
        {label}
        {changed && (
          <span className={styles.mark}>
            <Diff aria-hidden="true" />
            {t('conflict.changed')}
          </span>
        )}
      </th>
      <Cell column={t('conflict.whenDecided')} value={whenDecided} />
      <Cell column={t('conflict.now')} value={now} nothing={unknown ? t('conflict.unknown') : undefined} />
      <Cell column={t('conflict.mine')} value={mine} />
    </tr>
  );
}

function Cell({
  column,
  value,
  nothing,
}: {
  column: string;
  value: string | null;
  nothing?: string | undefined;
}) {
  const { t } = useTranslation();
  return (
    <td data-column={column} data-selectable>
      {value === null || value === '' ? (
        <span className={styles.nothing}>{nothing ?? t('conflict.missing')}</span>
      ) : (
        value
      )}
    </td>
  );
}
