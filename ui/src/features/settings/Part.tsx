import type { ReactNode } from 'react';
import styles from './Settings.module.css';

interface Props {
  id: string;
  title: string;
  lead: string;
  children: ReactNode;
}

/** A part of the settings: its name, what it means, and its inputs. */
export function Part({ id, title, lead, children }: Props) {
  return (
    <section className={styles.part} aria-labelledby={`settings-${id}`}>
      <div className={styles.about}>
        <h2 id={`settings-${id}`} className={styles.partTitle}>
          {title}
        </h2>
        <p className={styles.second}>{lead}</p>
      </div>
      <div className={styles.inputs}>{children}</div>
    </section>
  );
}

/** What is wrong here, a line each. */
export function Issues({ messages, testId }: { messages: string[]; testId: string }) {
  if (messages.length === 0) return null;
  return (
    <ul className={styles.issues} data-testid={testId}>
      {messages.map((message) => (
        <li key={message}>{message}</li>
      ))}
    </ul>
  );
}

/** A value in a form that nobody here knows: shown as it is, and left as it is. */
export function Unknown({ words, value }: { words: string; value: string }) {
  return (
    <div>
      <p className={styles.second}>{words}</p>
      <pre className={styles.raw} data-selectable>
        {value}
      </pre>
    </div>
  );
}
