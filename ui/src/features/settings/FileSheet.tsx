import { useRef, useState } from 'react';
import { Label, TextArea, TextField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Button } from '../../shared/ui/Button';
import { Failure } from '../../shared/ui/Failure';
import { Notice } from '../../shared/ui/Notice';
import { Sheet } from '../../shared/ui/Sheet';
import { Changes } from './Changes';
import { edit } from './drafts';
import { useForm } from './form';
import { parseConfig } from './model';
import { Issues } from './Part';
import styles from './Settings.module.css';
import { useChecked } from './useChecked';

interface Props {
  basedOn: string;
  /** The settings are not what they were: they are to be read again. */
  onStale: () => void;
  onClose: () => void;
}

/** The settings as text: to be copied, or to be replaced by others, which are judged before they are taken over. */
export function FileSheet({ basedOn, onStale, onClose }: Props) {
  const { t } = useTranslation();
  const { account, shown, current, locked } = useForm();
  const [text, setText] = useState(() => JSON.stringify(shown, null, 2));
  const [copied, setCopied] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const pasted = parseConfig(text);
  const wanted = pasted ? JSON.stringify({ ...current, ...pasted }) : '';
  // Whoever pasted keeps it: it is judged again, against what the server has by then.
  const [overtaken, setOvertaken] = useState(false);
  const checked = useChecked(locked ? '' : wanted, basedOn, () => {
    setOvertaken(true);
    onStale();
  });
  const copy = async () => {
    // Selected as well: where the window may not write to the clipboard, one key does.
    area.current?.select();
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      setCopied(false);
    }
  };
  const takeOver = () => {
    for (const [key, value] of Object.entries(pasted ?? {})) edit(account, key, value, current[key]);
    onClose();
  };
  const wrong = pasted ? checked.issues.map(({ message }) => message) : [t('settings.noJson')];
  const closed = locked || pasted === null || checked.pending || wrong.length > 0 || checked.refusal !== null;
  return (
    <Sheet
      title={t('settings.fileTitle')}
      isOpen
      wide
      onClose={onClose}
      data-testid="settings-file-sheet"
      actions={
        <>
          <span className={styles.said} role="status">
            {copied && t('settings.copied')}
          </span>
          <Button command="escape" onPress={onClose}>
            {t('close')}
          </Button>
          <Button onPress={() => void copy()} data-testid="settings-copy">
            {t('settings.copy')}
          </Button>
          <Button
            look="lead"
            isDisabled={closed || checked.changes.length === 0}
            onPress={takeOver}
            data-testid="settings-take-over"
          >
            {t('settings.takeOver')}
          </Button>
        </>
      }
    >
      <TextField
        value={text}
        onChange={(next) => {
          setText(next);
          setCopied(false);
        }}
        isReadOnly={locked}
        isInvalid={wrong.length > 0}
      >
        <Label className={styles.second}>{t(locked ? 'settings.fileCopy' : 'settings.fileLabel')}</Label>
        <TextArea
          ref={area}
          className={styles.text}
          rows={16}
          spellCheck={false}
          data-testid="settings-text"
        />
      </TextField>
      {overtaken && (
        <Notice tone="caution" live data-testid="settings-text-overtaken">
          {t('settings.overtaken')}
        </Notice>
      )}
      <Issues messages={wrong} testId="settings-text-error" />
      {checked.refusal && <Failure refusal={checked.refusal} />}
      {checked.changes.length > 0 && wrong.length === 0 && <Changes changes={checked.changes} />}
    </Sheet>
  );
}
