import { createContext, useContext } from 'react';
import type { SettingsIssue } from '../../ipc/bindings';
import type { Draft } from './drafts';
import type { Config, Key } from './model';

/** The settings while somebody edits them. */
export interface Form {
  account: string;
  /** What the fields show. */
  shown: Config;
  /** What the server had when it was read last. */
  current: Config;
  draft: Draft;
  issues: SettingsIssue[];
  /** Nothing can be edited: a change waits, or nothing can be saved. */
  locked: boolean;
  set: (key: Key, value: unknown) => void;
}

const Context = createContext<Form | null>(null);

export const FormProvider = Context.Provider;

export function useForm(): Form {
  const form = useContext(Context);
  if (!form) throw new Error('no form above this component');
  return form;
}

/** What is wrong exactly there. */
export const issuesAt = (issues: SettingsIssue[], field: string): string[] =>
  issues.filter((issue) => issue.field === field).map(({ message }) => message);

/** What is wrong anywhere in there. */
export const issuesIn = (issues: SettingsIssue[], field: string): string[] =>
  issues
    .filter((issue) => issue.field === field || issue.field.startsWith(`${field}.`))
    .map(({ message }) => message);
