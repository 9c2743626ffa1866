import { ChevronDown } from 'lucide-react';
import { Button, ComboBox, Input, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { fieldName } from '../../shared/ui/fieldName';
import { KNOWN_PATHS } from './model';
import styles from './Settings.module.css';

interface Props {
  label: string;
  value: string;
  onChange: (path: string) => void;
  isDisabled: boolean;
  isInvalid: boolean;
  testId: string;
}

/** A path into a contact: the known ones are offered, any other can be typed. */
export function PathField({ label, value, onChange, isDisabled, isInvalid, testId }: Props) {
  const { t } = useTranslation();
  return (
    <ComboBox
      aria-label={label}
      inputValue={value}
      onInputChange={onChange}
      allowsCustomValue
      isDisabled={isDisabled}
      isInvalid={isInvalid}
      validationBehavior="aria"
      className={styles.path}
    >
      <Input
        className={styles.input}
        placeholder={t('settings.pathPlaceholder')}
        data-testid={testId}
        spellCheck={false}
        autoCapitalize="off"
      />
      <Button className={styles.offer} aria-label={t('settings.offer')}>
        <ChevronDown aria-hidden="true" />
      </Button>
      <Popover className={styles.popover} placement="bottom start">
        <ListBox className={styles.options}>
          {KNOWN_PATHS.map((path) => (
            <ListBoxItem key={path} id={path} textValue={path} className={styles.option}>
              <span>{fieldName(t, path)}</span>
              <span className={styles.optionPath}>{path}</span>
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
