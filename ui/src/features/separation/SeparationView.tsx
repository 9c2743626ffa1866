import { SearchX } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../shared/keys/useCommand';
import { navigate, type Route } from '../../shared/route';
import { Button } from '../../shared/ui/Button';
import { Empty } from '../../shared/ui/Empty';
import { Skeleton } from '../../shared/ui/Skeleton';
import { EditorProvider, useEditor, useEditorState } from './EditorContext';
import styles from './Separation.module.css';
import { SeparationBody } from './SeparationBody';
import { useOpenEditor } from './useOpenEditor';

/** How long the first view waits for its proposals, which make cards higher, in milliseconds. */
const PATIENCE = 400;

interface Props {
  contactId: string;
  /** Where one came from, and goes back to. */
  from: Route | undefined;
}

/** The editor of a separation: loading, failed, or ready. */
export function SeparationView({ contactId, from }: Props) {
  const both = useOpenEditor(contactId);
  const back = () => navigate(from ?? { screen: 'queue' });
  return (
    <EditorProvider value={both}>
      <Opened onBack={back} />
    </EditorProvider>
  );
}

function Opened({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation();
  const editor = useEditor();
  const read = useEditorState((state) => state.view !== null && state.plan !== null);
  const proposed = useEditorState((state) => state.suggestions !== null);
  const [patient, setPatient] = useState(true);
  useEffect(() => {
    if (!read) return;
    const timer = setTimeout(() => setPatient(false), PATIENCE);
    return () => clearTimeout(timer);
  }, [read]);
  const opened = read && (proposed || !patient);
  const refusal = useEditorState((state) => state.refusal);
  useCommand('back', onBack);
  // Below the layers of the editor, which answer first.
  useCommand('escape', opened ? null : onBack);

  if (opened) return <SeparationBody onBack={onBack} />;
  if (!refusal) {
    return (
      <div className={styles.view} data-testid="separation">
        <Skeleton rows={12} />
      </div>
    );
  }
  const actions = (
    <>
      <Button onPress={editor.open} data-testid="again">
        {t('again')}
      </Button>
      <Button command="back" onPress={onBack}>
        {t('separation.back')}
      </Button>
    </>
  );
  return (
    <div className={styles.view} data-testid="separation">
      <Empty icon={<SearchX />} title={t('separation.failed')} actions={actions}>
        <span data-testid="error">{[refusal.message, refusal.hint].filter(Boolean).join(' ')}</span>
      </Empty>
    </div>
  );
}
