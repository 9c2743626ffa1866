import { SlidersHorizontal } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../shared/session/SessionContext';
import { Ago } from '../../shared/ui/Ago';
import { Button } from '../../shared/ui/Button';
import { Empty } from '../../shared/ui/Empty';
import { Failure } from '../../shared/ui/Failure';
import { Skeleton } from '../../shared/ui/Skeleton';
import { parseConfig } from './model';
import styles from './Settings.module.css';
import { SettingsBody } from './SettingsBody';
import { useSettings } from './useSettings';

/** The settings of duplicate detection: what the server has, what is wanted, and a change on its way. */
export function SettingsView() {
  const { t } = useTranslation();
  const { view, refusal, reading, reload } = useSettings();
  const away = useSession((session) => session.status.connection !== 'online');
  const text = view?.current ?? null;
  const current = useMemo(() => parseConfig(text), [text]);
  const again = <Button onPress={() => void reload()}>{t('again')}</Button>;
  return (
    <section
      className={styles.view}
      data-testid="settings"
      aria-labelledby="settings-title"
      aria-busy={reading}
    >
      <header className={styles.head}>
        <h1 id="settings-title" className={styles.title}>
          {t('settings.title')}
        </h1>
        {view?.readAt && current && (
          <span className={styles.second} data-testid="settings-read">
            {t(away ? 'settings.cached' : 'settings.read')} <Ago time={view.readAt} />
          </span>
        )}
      </header>
      {refusal && (
        <div className={styles.notices}>
          <Failure refusal={refusal} actions={again} />
        </div>
      )}
      {!view && !refusal && <Skeleton rows={8} />}
      {view && !current && (
        <Empty
          icon={<SlidersHorizontal />}
          title={t(text === null ? 'settings.never' : 'settings.unreadable')}
          actions={again}
        >
          {t(
            text !== null ? 'settings.unreadableMeans' : away ? 'settings.neverAway' : 'settings.neverMeans',
          )}
        </Empty>
      )}
      {view && current && <SettingsBody view={view} current={current} reload={reload} />}
    </section>
  );
}
