import type {
  AccountView,
  Changes,
  ConflictView,
  ConnectRequest,
  ContactSearch,
  ContactsFound,
  CutProposalView,
  DecideAnswer,
  DecideRequest,
  ExportedFile,
  HistoryPage,
  HistoryRequest,
  LeaveHow,
  MessagePage,
  Opened,
  OutboxEntry,
  PendingWork,
  QueuePage,
  QueueRequest,
  QuitHow,
  RehearsedView,
  ReviewView,
  SalvagedView,
  SeparateAnswer,
  SeparateRequest,
  SeparationEdit,
  SeparationState,
  SeparationView,
  SettingsAnswer,
  SettingsRequest,
  SettingsView,
  SuggestionsView,
  TakeRequest,
  TakeSize,
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
  signOut(id: string, how: LeaveHow): Promise<void>;
  pendingWork(id: string): Promise<PendingWork>;
  exportWork(id: string): Promise<ExportedFile>;
  quit(how: QuitHow): Promise<void>;
  openAgain(): Promise<void>;
  salvage(accountId: string): Promise<SalvagedView>;
  queue(request: QueueRequest): Promise<QueuePage>;
  review(reviewId: string): Promise<ReviewView>;
  decide(request: DecideRequest): Promise<DecideAnswer>;
  outbox(): Promise<OutboxEntry[]>;
  withdraw(opId: string): Promise<OutboxEntry>;
  retry(opId: string): Promise<OutboxEntry>;
  markApplied(opId: string, reason: string): Promise<OutboxEntry>;
  markNotApplied(opId: string, reason: string): Promise<OutboxEntry>;
  exportEntry(opId: string): Promise<ExportedFile>;
  conflict(opId: string): Promise<ConflictView>;
  rehearse(opIds: string[]): Promise<RehearsedView[]>;
  takeSize(request: TakeRequest): Promise<TakeSize>;
  takeAlong(request: TakeRequest): Promise<void>;
  stopTaking(): Promise<void>;
  settings(): Promise<SettingsView>;
  changeSettings(request: SettingsRequest): Promise<SettingsAnswer>;
  contacts(request: ContactSearch): Promise<ContactsFound>;
  history(request: HistoryRequest): Promise<HistoryPage>;
  separation(contactId: string): Promise<SeparationView>;
  separationOfEntry(opId: string): Promise<SeparationView>;
  separationEdit(contactId: string, edits: SeparationEdit[]): Promise<SeparationState>;
  separationUndo(contactId: string): Promise<SeparationState>;
  separationRedo(contactId: string): Promise<SeparationState>;
  separationDiscard(contactId: string): Promise<void>;
  separationMessages(
    contactId: string,
    conversationId: string,
    from: number,
    count: number,
  ): Promise<MessagePage>;
  separationFind(contactId: string, conversationId: string, text: string): Promise<number[]>;
  separationSuggestions(contactId: string): Promise<SuggestionsView>;
  separationCuts(contactId: string, conversationId: string): Promise<CutProposalView[]>;
  separate(request: SeparateRequest): Promise<SeparateAnswer>;
  syncNow(): Promise<void>;
}
