import type { TFunction } from 'i18next';
import type { TakingView } from '../../ipc/bindings';
import { count } from '../../shared/numbers';

/** How taking along ended, in sentences. */
export function endWords(t: TFunction, { done, total, failed, ended }: TakingView): string[] {
  const early = ended !== null || done + failed < total;
  const words = [
    early
      ? t('taking.early', { done: count(done), total: count(total) })
      : done === 1
        ? t('taking.endedOne')
        : t('taking.ended', { shown: count(done) }),
  ];
  if (ended) words.push(ended);
  if (failed > 0) words.push(t('taking.failed', { count: failed }));
  return words;
}
