import type {
  AccountView,
  Changes,
  ConnectRequest,
  DecideAnswer,
  DecideRequest,
  Opened,
  OutboxEntry,
  QueuePage,
  QueueRequest,
  ReviewView,
} from './bindings';

/**
 * What the window can ask of the application. Every call rejects with a `Refusal`.
 *
 * One implementation talks to Tauri; another, for development in a browser and for tests, lives in `testing/`.
 */
export interface Backend {
  open(onChanges: (changes: Changes) => void): Promise<Opened>;
  connect(request: ConnectRequest): Promise<AccountView>;
  connectSandbox(): Promise<AccountView>;
  resetSandbox(): Promise<AccountView>;
  switchAccount(id: string): Promise<AccountView>;
  signOut(id: string): Promise<void>;
  queue(request: QueueRequest): Promise<QueuePage>;
  review(reviewId: string): Promise<ReviewView>;
  decide(request: DecideRequest): Promise<DecideAnswer>;
  outbox(): Promise<OutboxEntry[]>;
  withdraw(opId: string): Promise<OutboxEntry>;
  retry(opId: string): Promise<OutboxEntry>;
  syncNow(): Promise<void>;
}
