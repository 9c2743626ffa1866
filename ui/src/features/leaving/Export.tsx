import { FileDown } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBackend } from '../../ipc/BackendContext';
import type { ExportedFile } from '../../ipc/bindings';
import { Button } from '../../shared/ui/Button';
import { Failure } from '../../shared/ui/Failure';
import { useAction } from '../../shared/useAction';
import styles from './Leaving.module.css';

/** Writes a copy of what is not settled, and says where it lies. Nothing here changes by it. */
export function Export({ accountId }: { accountId: string }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const [file, setFile] = useState<ExportedFile | null>(null);
  const { run, busy, refusal } = useAction(
    useCallback(async () => setFile(await backend.exportWork(accountId)), [backend, accountId]),
  );
  return (
    <div className={styles.export}>
      <Button
        icon={<FileDown />}
        isDisabled={busy}
        onPress={() => void run()}
        aria-describedby="export-means"
        data-testid="leave-export"
      >
        {t(busy ? 'leaving.exporting' : 'leaving.export')}
      </Button>
      <div className={styles.exportText} role="status">
        {file ? (
          <>
            <p>{t('leaving.exported', { count: file.entries })}</p>
            <p className={styles.path} data-selectable data-testid="exported-path">
              {file.path}
            </p>
          </>
        ) : (
          <p id="export-means" className={styles.second}>
            {t('leaving.exportMeans')}
          </p>
        )}
      </div>
      {refusal && (
        <div className={styles.across}>
          <Failure refusal={refusal} />
        </div>
      )}
    </div>
  );
}
