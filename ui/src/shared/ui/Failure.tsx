import type { ReactNode } from 'react';
import type { Refusal } from '../../ipc/refusal';
import { Notice } from './Notice';

/** An error in the words it came with, and what to do about it. */
export function Failure({ refusal, actions }: { refusal: Refusal; actions?: ReactNode }) {
  return (
    <Notice tone="alert" live data-testid="error" actions={actions}>
      <p>{refusal.message}</p>
      {refusal.hint && <p>{refusal.hint}</p>}
    </Notice>
  );
}
