import { useCallback, useEffect, useRef, useState } from 'react';
import { useCommand } from './keys/useCommand';

interface Rows {
  length: number;
  /** Does what Enter and `o` mean on a row. */
  onOpen: (index: number) => void;
  /** Leaves the focus where it is when the list comes up. */
  quiet?: boolean;
}

/** A list of rows (`data-entry`) that the keys move through; the current one has the focus. */
export function useRows({ length, onOpen, quiet = false }: Rows) {
  const [wanted, setCurrent] = useState(0);
  const current = Math.max(0, Math.min(wanted, length - 1));
  const list = useRef<HTMLUListElement>(null);
  const focus = useCallback((index: number) => {
    list.current?.querySelectorAll<HTMLElement>('[data-entry]')[index]?.focus();
  }, []);
  useEffect(() => {
    if (!quiet) focus(0);
  }, [focus, quiet]);
  const go = (to: number) => {
    const next = Math.max(0, Math.min(to, length - 1));
    setCurrent(next);
    focus(next);
  };
  useCommand('next', () => go(current + 1));
  useCommand('previous', () => go(current - 1));
  useCommand('first', () => go(0));
  useCommand('last', () => go(length - 1));
  useCommand('open', () => onOpen(current));
  return { list, current, setCurrent, go };
}
