import { create } from 'zustand';

export interface Toast {
  id: number;
  text: string;
  tone: 'calm' | 'alert';
  /** What it is about: it takes the place of an earlier one about the same. */
  about?: string;
  /** One thing to do about it. */
  action?: { label: string; run: () => void; testId?: string; undoes?: boolean };
}

interface Toasts {
  toasts: Toast[];
}

/** Most that are shown at once; an older one leaves. */
const MOST = 3;

let nextId = 1;

export const useToasts = create<Toasts>(() => ({ toasts: [] }));

/** Takes a message away. */
export function dismiss(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
}

/** Takes the messages about something away, once it is on the screen itself. */
export function dismissAbout(about: string): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.about !== about) }));
}

/** Takes the alerts about something away, once it needs nobody any more. */
export function dismissAlert(about: string): void {
  useToasts.setState(({ toasts }) => ({
    toasts: toasts.filter((toast) => toast.about !== about || toast.tone !== 'alert'),
  }));
}

/** Takes the offers to undo something away, once it can no longer be undone. */
export function dismissUndo(about: string): void {
  useToasts.setState((before) => {
    const kept = before.toasts.filter((toast) => toast.about !== about || !toast.action?.undoes);
    return kept.length === before.toasts.length ? before : { toasts: kept };
  });
}

/** Shows a message for a while, in milliseconds. */
export function toast(message: Omit<Toast, 'id'>, lasts = 8000): void {
  const id = nextId;
  nextId += 1;
  const { about } = message;
  useToasts.setState(({ toasts }) => {
    const others = toasts.filter((each) => about === undefined || each.about !== about);
    return { toasts: [...others, { id, ...message }].slice(-MOST) };
  });
  setTimeout(() => dismiss(id), lasts);
}
