import { useTranslation } from 'react-i18next';
import type { OutboxEntry } from '../../ipc/bindings';
import { canUndo } from '../entryWords';
import { useCommand } from '../keys/useCommand';
import { useReadOnly } from '../session/useReadOnly';
import { type Act, COMMAND_OF, type Deed, offersOf } from './deeds';

/**
 * Lets the keys and the palette do to a decision what its buttons do; giving it up for good asks first. With `moved`,
 * the reason why it cannot be taken back by a key now, as the keys came to be on it by themselves.
 */
export function useDeedCommands(entry: OutboxEntry | undefined, act: Act, moved?: string): void {
  const { t } = useTranslation();
  const readOnly = useReadOnly();
  const offers = entry ? offersOf(t, entry, readOnly) : [];
  const offer = (deed: Deed) => offers.find((each) => each.deed === deed);
  const run = (deed: Deed) => (entry && offer(deed) ? () => act(entry, deed) : null);
  useCommand(COMMAND_OF.compare, run('compare'));
  useCommand(COMMAND_OF.edit, run('edit'), offer('edit')?.off);
  useCommand(COMMAND_OF.send, run('send'), offer('send')?.off);
  useCommand(COMMAND_OF.wasDone, run('wasDone'), offer('wasDone')?.off);
  useCommand(COMMAND_OF.wasNotDone, run('wasNotDone'), offer('wasNotDone')?.off);
  const withdraw = () => entry && act(entry, canUndo(entry) ? 'withdraw' : 'giveUp');
  useCommand(COMMAND_OF.withdraw, offer('withdraw') ? withdraw : null, offer('withdraw')?.off ?? moved);
  useCommand(COMMAND_OF.export, entry ? () => act(entry, 'export') : null);
}
