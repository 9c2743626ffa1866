import { useTranslation } from 'react-i18next';
import { COMMANDS, type Command, GROUPS } from '../shared/keys/commands';
import { Keys } from '../shared/ui/Keys';
import { Sheet } from '../shared/ui/Sheet';
import styles from './KeySheet.module.css';

/** Every key, by group, from the same list that the keys themselves come from. */
export function KeySheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const all: readonly Command[] = COMMANDS;
  return (
    <Sheet title={t('keys.title')} isOpen={isOpen} onClose={onClose} wide data-testid="key-sheet">
      <div className={styles.columns}>
        {GROUPS.map((group) => (
          <section key={group} className={styles.group}>
            <h3 className={styles.head}>{t(`keys.group.${group}`)}</h3>
            <dl>
              {all
                .filter((each) => each.group === group && each.keys.length > 0)
                .map(({ id }) => (
                  <div key={id} className={styles.row}>
                    <dt>{t(`command.${id}`)}</dt>
                    <dd>
                      <Keys of={id} every />
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <p className={styles.foot}>{t('keys.foot')}</p>
    </Sheet>
  );
}
