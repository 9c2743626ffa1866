import type { AppError, ErrorCode } from './bindings';

/** An `AppError` as an exception, so that a call either answers or throws words for a person. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly hint: string | null;
  /** The input it belongs to, if any. */
  readonly field: string | null;

  constructor(error: AppError) {
    super(error.message);
    this.name = 'Refusal';
    this.code = error.code;
    this.hint = error.hint;
    this.field = error.field;
  }
}

/** Whatever was thrown, as a `Refusal`; what is no answer of ours can only be a broken bridge to the application. */
export function toRefusal(thrown: unknown): Refusal {
  if (thrown instanceof Refusal) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new Refusal({ code: 'storage', message, hint: null, field: null });
}
