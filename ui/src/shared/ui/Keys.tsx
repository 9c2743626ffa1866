import { type CommandId, command } from '../keys/commands';
import { keyCaps } from '../keys/label';
import styles from './Keys.module.css';

/** The keys of a command, as caps. Read out by nobody: the name of the control says what it does. */
export function Keys({ of, every = false }: { of: CommandId; every?: boolean }) {
  const { keys } = command(of);
  const shown = every ? keys : keys.slice(0, 1);
  return (
    <span className={styles.keys} aria-hidden="true">
      {shown.map((binding) => (
        <span key={binding} className={styles.binding}>
          {keyCaps(binding).map((caps) => caps.map((cap) => <kbd key={cap}>{cap}</kbd>))}
        </span>
      ))}
    </span>
  );
}
