import { useTranslation } from 'react-i18next';
import type { SeparationEdit, SeparationSide } from '../../ipc/bindings';
import { announce } from '../../shared/announce/announce';
import { count } from '../../shared/numbers';
import { Button } from '../../shared/ui/Button';
import { useBoardState, useEditor, usePlanPart, useShown } from './EditorContext';
import styles from './FilterBar.module.css';
import { SURE } from './filter';
import { PlaceBadge } from './PlaceBadge';
import { COLUMNS } from './rows';
import { useMove } from './useMove';

/** One act for many: all that is selected, else all that is shown. */
export function BulkBar() {
  const { t } = useTranslation();
  const editor = useEditor();
  const shown = useShown();
  const places = usePlanPart((plan) => plan.places);
  const selected = useBoardState((state) => state.selected);
  const { move, refs, where } = useMove();
  // A cut is somebody's work: it goes only where it was selected itself.
  const all = shown.items.filter((item) => !item.cut).map((item) => item.key);
  const keys = selected.size > 0 ? [...selected] : all;
  const sure = shown.items.filter(
    ({ key, suggestion }) =>
      (suggestion?.percent ?? 0) >= SURE &&
      places.get(key) === 'undecided' &&
      (selected.size === 0 || selected.has(key)),
  );
  const take = () => {
    const edits = (['original', 'new'] as const).flatMap((to: SeparationSide): SeparationEdit[] => {
      const children = refs(sure.filter((each) => each.suggestion?.side === to).map((each) => each.key));
      return children.length > 0 ? [{ edit: 'assign', children, to }] : [];
    });
    editor.edit(...edits);
    announce(t('separation.said.taken', { count: sure.length }));
  };
  const words = t(selected.size > 0 ? 'separation.bulk.selected' : 'separation.bulk.shown', {
    count: keys.length,
    shown: count(keys.length),
  });
  return (
    <span className={styles.bulk}>
      {sure.length > 0 && (
        <Button onPress={take} data-testid="bulk-take">
          {t('separation.bulk.take', { count: sure.length, shown: count(sure.length), percent: SURE })}
        </Button>
      )}
      <span className={styles.words} role="status">
        {words} →
      </span>
      {COLUMNS.map((column) => (
        <Button
          key={column}
          icon={<PlaceBadge place={column} />}
          label={t('separation.moveTo', { what: words, where: where(column) })}
          isDisabled={keys.length === 0}
          onPress={() => move(keys, column)}
          data-testid={`bulk-${column}`}
        />
      ))}
    </span>
  );
}
