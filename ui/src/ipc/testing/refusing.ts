import type { Backend } from '../backend';
import { Refusal } from '../refusal';
import type { Answer } from './fake';

/** Calls that the made-up application refuses, until a test or a screen's own file answers them. */
type Refused =
  | 'separation'
  | 'separationOfEntry'
  | 'separationEdit'
  | 'separationUndo'
  | 'separationRedo'
  | 'separationDiscard'
  | 'separationMessages'
  | 'separationFind'
  | 'separationSuggestions'
  | 'separationCuts'
  | 'separate';

const never = (): never => {
  throw new Refusal({ code: 'notFound', message: 'Nothing is made up for this.', hint: null, field: null });
};

export function refusing(answer: Answer): Pick<Backend, Refused> {
  const no =
    (name: Refused) =>
    (...argument: unknown[]): Promise<never> =>
      answer(name, argument, never);
  return {
    separation: no('separation'),
    separationOfEntry: no('separationOfEntry'),
    separationEdit: no('separationEdit'),
    separationUndo: no('separationUndo'),
    separationRedo: no('separationRedo'),
    separationDiscard: no('separationDiscard'),
    separationMessages: no('separationMessages'),
    separationFind: no('separationFind'),
    separationSuggestions: no('separationSuggestions'),
    separationCuts: no('separationCuts'),
    separate: no('separate'),
  };
}
