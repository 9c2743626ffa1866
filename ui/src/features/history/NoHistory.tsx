import { History, SearchX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../shared/ui/Button';
import { Empty } from '../../shared/ui/Empty';
import type { Filter } from './useHistory';

/** Nothing settled yet, or nothing that the filter lets through. */
export function NoHistory({
  filter: { text, kind, different },
  onAll,
}: {
  filter: Filter;
  onAll: () => void;
}) {
  const { t } = useTranslation();
  if (text === '' && kind === null && !different) {
    return (
      <Empty icon={<History />} title={t('history.none')}>
        {t('history.noneMeans')}
      </Empty>
    );
  }
  return (
    <Empty
      icon={<SearchX />}
      title={t(different ? 'history.noneDifferent' : 'history.noneFound')}
      actions={<Button onPress={onAll}>{t('history.all')}</Button>}
    >
      {text !== '' && t('history.searched', { text })}
    </Empty>
  );
}
