import { useTranslation } from 'react-i18next';
import type { TakeSize } from '../../ipc/bindings';
import type { Refusal } from '../../ipc/refusal';
import { count, size } from '../../shared/numbers';
import { Failure } from '../../shared/ui/Failure';
import styles from './Taking.module.css';

interface Props {
  reckoned: TakeSize | null;
  refusal: Refusal | null;
}

/** What taking along would mean, in numbers: how many there are, how many are here, how much room the rest takes. */
export function Estimate({ reckoned, refusal }: Props) {
  const { t } = useTranslation();
  if (refusal) return <Failure refusal={refusal} />;
  return (
    <div className={styles.part} role="status">
      <p className={styles.label}>{t('taking.size')}</p>
      <p data-testid="take-size">{reckoned ? <Words reckoned={reckoned} /> : t('taking.reckoning')}</p>
    </div>
  );
}

function Words({ reckoned: { reviews, here, bytes } }: { reckoned: TakeSize }) {
  const { t } = useTranslation();
  if (reviews === 0) return t('taking.noReviews');
  const known =
    here === 0
      ? t('taking.hereNone')
      : here >= reviews
        ? t('taking.hereAll')
        : t('taking.here', { here: count(here) });
  const room = bytes === null ? t('taking.bytesUnknown') : t('taking.bytes', { size: size(bytes) });
  return [t('taking.reviews', { count: reviews, shown: count(reviews) }), known, room].join(' · ');
}
