import { useTranslation } from 'react-i18next';
import type { SettingsChange } from '../../ipc/bindings';
import { isKey } from './model';
import styles from './Settings.module.css';

/** What would change, a key a line: before, and after. */
export function Changes({ changes }: { changes: SettingsChange[] }) {
  const { t } = useTranslation();
  return (
    <table className={styles.changes} data-testid="settings-changes">
      <thead>
        <tr>
          <th scope="col">{t('settings.what')}</th>
          <th scope="col">{t('settings.before')}</th>
          <th scope="col">{t('settings.after')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ key, before, after }) => (
          <tr key={key} data-testid={`settings-change-${key}`}>
            <th scope="row">{isKey(key) ? t(`settings.key.${key}`) : key}</th>
            <td>{before}</td>
            <td>{after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
