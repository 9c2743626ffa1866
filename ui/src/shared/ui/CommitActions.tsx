import { useTranslation } from 'react-i18next';
import { useCommand } from '../keys/useCommand';
import { Button } from './Button';

interface Props {
  /** What is about to be done, in words. */
  label: string;
  /** Whether it is under way, or what it would do is not known yet. */
  busy: boolean;
  onCommit: () => void;
  onCancel: () => void;
  testId?: string;
}

/** The foot of a decision's sheet: back, or confirm by button or Mod+Enter, never by a bare key. */
export function CommitActions({ label, busy, onCommit, onCancel, testId = 'commit' }: Props) {
  const { t } = useTranslation();
  useCommand('commit', busy ? null : onCommit);
  return (
    <>
      <Button command="escape" onPress={onCancel}>
        {t('cancel')}
      </Button>
      <Button look="lead" command="commit" isDisabled={busy} onPress={onCommit} data-testid={testId}>
        {label}
      </Button>
    </>
  );
}
