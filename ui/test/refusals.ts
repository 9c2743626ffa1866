import type { AppError } from '../src/ipc/bindings';
import { Refusal } from '../src/ipc/refusal';

export type AppErrorLike = Pick<AppError, 'code' | 'message'> & Partial<AppError>;

/** A refusal with only what matters said. */
export const refusalOf = (error: AppErrorLike): Refusal => new Refusal({ hint: null, field: null, ...error });
