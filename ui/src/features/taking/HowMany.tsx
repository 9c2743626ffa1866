import { Label, Radio, RadioGroup } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Refusal } from '../../ipc/refusal';
import { count } from '../../shared/numbers';
import { Field } from '../../shared/ui/Field';
import styles from './Taking.module.css';

/** Most at once. */
const MOST = 5000;

const OFTEN = ['50', '200', '500'] as const;

export type Chosen = (typeof OFTEN)[number] | 'own';

/** The number that is chosen; nothing where what is typed is none. */
export function numberOf(chosen: Chosen, own: string): number | null {
  const text = chosen === 'own' ? own.trim() : chosen;
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return number >= 1 && number <= MOST ? number : null;
}

interface Props {
  chosen: Chosen;
  own: string;
  onChoose: (chosen: Chosen) => void;
  onOwn: (own: string) => void;
}

/** How many to take: a number that is often wanted, or one's own. */
export function HowMany({ chosen, own, onChoose, onOwn }: Props) {
  const { t } = useTranslation();
  const most = count(MOST);
  const wrong =
    own.trim() !== '' && numberOf('own', own) === null
      ? new Refusal({ code: 'invalid', message: t('taking.ownWrong', { most }), hint: null, field: null })
      : null;
  return (
    <div className={styles.part}>
      <RadioGroup
        value={chosen}
        onChange={(value) => onChoose(value as Chosen)}
        orientation="horizontal"
        className={styles.many}
      >
        <Label className={styles.label}>{t('taking.howMany')}</Label>
        <div className={styles.kinds}>
          {[...OFTEN, 'own' as const].map((each) => (
            <Radio key={each} value={each} className={styles.kind} data-testid={`take-${each}`}>
              {each === 'own' ? t('taking.own') : each}
            </Radio>
          ))}
        </div>
      </RadioGroup>
      {chosen === 'own' && (
        <div className={styles.own}>
          <Field
            label={t('taking.ownNumber', { most })}
            value={own}
            onChange={onOwn}
            refusal={wrong}
            testId="take-own-number"
          />
        </div>
      )}
    </div>
  );
}
