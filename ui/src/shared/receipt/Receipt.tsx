import { CircleCheck, Equal, EqualNot, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ReceiptRow, ReceiptView, SeparationSide } from '../../ipc/bindings';
import { Notice } from '../ui/Notice';
import { SideBadge } from '../ui/SideBadge';
import styles from './Receipt.module.css';

/** What the rows are about, in their order: the server's answer, then both contacts. */
const PARTS: (SeparationSide | null)[] = [null, 'original', 'new'];

/** Plan beside receipt: what was predicted of a separation, and what the server made of it, line by line. */
export function Receipt({ receipt }: { receipt: ReceiptView }) {
  const { t } = useTranslation();
  const { rows, asPredicted, wasRead } = receipt;
  const different = rows.filter(({ same }) => !same).length;
  const Icon = asPredicted ? CircleCheck : TriangleAlert;
  return (
    <div className={styles.receipt} data-testid="receipt" data-as-predicted={asPredicted}>
      <p className={`${styles.verdict} ${asPredicted ? styles.good : styles.caution}`}>
        <Icon aria-hidden="true" />
        {asPredicted
          ? t(wasRead ? 'receipt.asPredicted' : 'receipt.asPredictedSoFar')
          : t('receipt.different', { count: different })}
      </p>
      {!wasRead && (
        <Notice tone="calm" data-testid="receipt-unread">
          <p>{t('receipt.unread')}</p>
        </Notice>
      )}
      <table className={styles.table} data-selectable>
        <caption className="visually-hidden">{t('receipt.title')}</caption>
        <thead>
          <tr className={styles.columns}>
            <th scope="col" className={styles.what}>
              {t('receipt.what')}
            </th>
            <th scope="col">{t('receipt.predicted')}</th>
            <th scope="col">{t('receipt.server')}</th>
            <th scope="col" className={styles.verdicts}>
              <span className="visually-hidden">{t('receipt.compared')}</span>
            </th>
          </tr>
        </thead>
        {PARTS.map((side) => (
          <Part key={side ?? 'answer'} side={side} rows={rows} />
        ))}
      </table>
    </div>
  );
}

/** The rows of one contact, or of the answer; each keeps its number in the whole receipt. */
function Part({ side, rows }: { side: SeparationSide | null; rows: ReceiptRow[] }) {
  const { t } = useTranslation();
  const mine = rows.map((row, index) => ({ row, index })).filter(({ row }) => row.side === side);
  if (mine.length === 0) return null;
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={4} className={styles.part}>
          {side === null ? t('receipt.answer') : <SideBadge side={side} named />}
        </th>
      </tr>
      {mine.map(({ row, index }) => (
        <Line key={index} row={row} index={index} />
      ))}
    </tbody>
  );
}

function Line({ row: { label, predicted, actual, same }, index }: { row: ReceiptRow; index: number }) {
  const { t } = useTranslation();
  return (
    <tr className={same ? styles.same : styles.differs} data-testid={`receipt-row-${index}`} data-same={same}>
      <th scope="row">{label}</th>
      <td>
        <Value text={predicted} />
      </td>
      <td>
        <Value text={actual} />
      </td>
      <td className={styles.mark}>
        <span>
          {same ? <Equal aria-hidden="true" /> : <EqualNot aria-hidden="true" />}
          <span className={same ? 'visually-hidden' : undefined}>
            {t(same ? 'receipt.same' : 'receipt.differs')}
          </span>
        </span>
      </td>
    </tr>
  );
}

function Value({ text }: { text: string }) {
  const { t } = useTranslation();
  if (text !== '') return text;
  return (
    <>
      <span aria-hidden="true">—</span>
      <span className="visually-hidden">{t('receipt.nothing')}</span>
    </>
  );
}
