//! The commands the window may call. Each passes on to the application; nothing is decided here.

use std::path::PathBuf;
use std::sync::Arc;

use cleave_app::App;
use cleave_app::ipc::{
    AccountView, AppError, Changes, ConflictView, ConnectRequest, ContactSearch, ContactsFound,
    CutProposalView, DecideAnswer, DecideRequest, ErrorCode, ExportedFile, HistoryPage, HistoryRequest,
    LeaveHow, MessagePage, Opened, OutboxEntry, PendingWork, QueuePage, QueueRequest, QuitHow, RehearsedView,
    ReviewView, SalvagedView, SeparateAnswer, SeparateRequest, SeparationEdit, SeparationState,
    SeparationView, SettingsAnswer, SettingsRequest, SettingsView, SuggestionsView, TakeRequest, TakeSize,
};
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager, State};

use crate::sandbox::Sandbox;
use crate::{closing, wake_sandbox};

type Answer<T> = Result<T, AppError>;

/// Subscribes the channel to changes, then answers with the snapshot they continue.
#[tauri::command]
#[specta::specta]
pub async fn open(app: State<'_, App>, channel: Channel<Changes>) -> Answer<Opened> {
    // A closed window is no reason to fail: the next `open` brings a new channel.
    app.open(move |changes| drop(channel.send(changes))).await
}

/// Signs in to a server and makes the account the one in use.
#[tauri::command]
#[specta::specta]
pub async fn connect(app: State<'_, App>, request: ConnectRequest) -> Answer<AccountView> {
    app.connect(request, false).await
}

/// Starts the sandbox if it is not running, and signs in to it.
#[tauri::command]
#[specta::specta]
pub async fn connect_sandbox(app: State<'_, App>, sandbox: State<'_, Arc<Sandbox>>) -> Answer<AccountView> {
    sandbox.connect(&app).await
}

/// Throws the sandbox's data away, makes it anew and signs in to it.
#[tauri::command]
#[specta::specta]
pub async fn reset_sandbox(app: State<'_, App>, sandbox: State<'_, Arc<Sandbox>>) -> Answer<AccountView> {
    sandbox.reset(&app).await
}

/// Makes another account the one in use.
#[tauri::command]
#[specta::specta]
pub async fn use_account(
    app: State<'_, App>,
    sandbox: State<'_, Arc<Sandbox>>,
    id: String,
) -> Answer<AccountView> {
    let used = app.use_account(&id).await;
    wake(&app, &sandbox);
    used
}

/// Signs out of an account, with the work that is not settled treated as said.
#[tauri::command]
#[specta::specta]
pub async fn sign_out(
    app: State<'_, App>,
    sandbox: State<'_, Arc<Sandbox>>,
    id: String,
    how: LeaveHow,
) -> Answer<()> {
    let left = app.sign_out_with(&id, how).await;
    wake(&app, &sandbox);
    left
}

/// What is not settled in an account.
#[tauri::command]
#[specta::specta]
pub async fn pending_work(app: State<'_, App>, id: String) -> Answer<PendingWork> {
    app.pending_work(&id).await
}

/// Writes every unsettled decision of an account into a file in the person's downloads.
#[tauri::command]
#[specta::specta]
pub async fn export_work(handle: AppHandle, app: State<'_, App>, id: String) -> Answer<ExportedFile> {
    app.export_work(&id, &downloads(&handle)?).await
}

/// Writes one decision with its whole record into a file in the person's downloads.
#[tauri::command]
#[specta::specta]
pub async fn export_entry(handle: AppHandle, app: State<'_, App>, op_id: String) -> Answer<ExportedFile> {
    app.export_entry(&op_id, &downloads(&handle)?).await
}

/// Answers the question that the window asked because it was to close.
#[tauri::command]
#[specta::specta]
pub async fn quit(handle: AppHandle, app: State<'_, App>, how: QuitHow) -> Answer<()> {
    closing::answer(&handle, &app, how).await
}

/// Tries to open the files for writing again.
#[tauri::command]
#[specta::specta]
pub async fn open_again(app: State<'_, App>, sandbox: State<'_, Arc<Sandbox>>) -> Answer<()> {
    let opened = app.open_again().await;
    wake(&app, &sandbox);
    opened
}

/// Carries over what can be read of a damaged outbox; the damaged file is kept.
#[tauri::command]
#[specta::specta]
pub async fn salvage(
    app: State<'_, App>,
    sandbox: State<'_, Arc<Sandbox>>,
    account_id: String,
) -> Answer<SalvagedView> {
    let salvaged = app.salvage(&account_id).await;
    wake(&app, &sandbox);
    salvaged
}

/// What a decision that needs a person is compared with.
#[tauri::command]
#[specta::specta]
pub async fn conflict(app: State<'_, App>, op_id: String) -> Answer<ConflictView> {
    app.conflict(&op_id).await
}

/// Compares decisions that wait with the server; nothing is sent.
#[tauri::command]
#[specta::specta]
pub async fn rehearse(app: State<'_, App>, op_ids: Vec<String>) -> Answer<Vec<RehearsedView>> {
    app.rehearse(&op_ids).await
}

/// What taking reviews along would mean.
#[tauri::command]
#[specta::specta]
pub async fn take_size(app: State<'_, App>, request: TakeRequest) -> Answer<TakeSize> {
    app.take_size(request).await
}

/// Begins to take reviews along; the stream tells how far it is.
#[tauri::command]
#[specta::specta]
pub async fn take_along(app: State<'_, App>, request: TakeRequest) -> Answer<()> {
    app.take_along(request).await
}

/// Ends taking reviews along; what is here stays.
#[tauri::command]
#[specta::specta]
pub async fn stop_taking(app: State<'_, App>) -> Answer<()> {
    app.stop_taking().await
}

/// The settings of duplicate detection, and a change of them on its way.
#[tauri::command]
#[specta::specta]
pub async fn settings(app: State<'_, App>) -> Answer<SettingsView> {
    app.settings().await
}

/// Saves a change of the settings, or looks at it.
#[tauri::command]
#[specta::specta]
pub async fn change_settings(app: State<'_, App>, request: SettingsRequest) -> Answer<SettingsAnswer> {
    app.change_settings(request).await
}

/// A page of the queue from the local cache.
#[tauri::command]
#[specta::specta]
pub async fn queue(app: State<'_, App>, request: QueueRequest) -> Answer<QueuePage> {
    app.queue(request).await
}

/// One review, side by side.
#[tauri::command]
#[specta::specta]
pub async fn review(app: State<'_, App>, review_id: String) -> Answer<ReviewView> {
    app.review(&review_id).await
}

/// Decides about a review, or previews the decision (`dryRun`).
#[tauri::command]
#[specta::specta]
pub async fn decide(app: State<'_, App>, request: DecideRequest) -> Answer<DecideAnswer> {
    app.decide(request).await
}

/// Every entry of the outbox, newest first.
#[tauri::command]
#[specta::specta]
pub async fn outbox(app: State<'_, App>) -> Answer<Vec<OutboxEntry>> {
    app.outbox().await
}

/// Takes a decision back that has not been sent.
#[tauri::command]
#[specta::specta]
pub async fn withdraw(app: State<'_, App>, op_id: String) -> Answer<OutboxEntry> {
    app.withdraw(&op_id).await
}

/// Sends a decision now, or again.
#[tauri::command]
#[specta::specta]
pub async fn retry(app: State<'_, App>, op_id: String) -> Answer<OutboxEntry> {
    app.retry(&op_id).await
}

/// Loads reviews and sends what waits, now.
#[tauri::command]
#[specta::specta]
pub async fn sync_now(app: State<'_, App>) -> Answer<()> {
    app.sync_now().await
}

/// Looks for contacts.
#[tauri::command]
#[specta::specta]
pub async fn contacts(app: State<'_, App>, request: ContactSearch) -> Answer<ContactsFound> {
    app.contacts(request).await
}

/// A page of what was decided and settled.
#[tauri::command]
#[specta::specta]
pub async fn history(app: State<'_, App>, request: HistoryRequest) -> Answer<HistoryPage> {
    app.history(request).await
}

/// The person looked, and says that a decision was carried out.
#[tauri::command]
#[specta::specta]
pub async fn mark_applied(app: State<'_, App>, op_id: String, reason: String) -> Answer<OutboxEntry> {
    app.mark_applied(&op_id, &reason).await
}

/// Gives a decision up of which the person says that it was not carried out.
#[tauri::command]
#[specta::specta]
pub async fn mark_not_applied(app: State<'_, App>, op_id: String, reason: String) -> Answer<OutboxEntry> {
    app.mark_not_applied(&op_id, &reason).await
}

/// Opens the separation of a contact: its draft, or a new one.
#[tauri::command]
#[specta::specta]
pub async fn separation(app: State<'_, App>, contact_id: String) -> Answer<SeparationView> {
    app.separation(&contact_id).await
}

/// Opens the separation that a decision of the outbox carries, to change it.
#[tauri::command]
#[specta::specta]
pub async fn separation_of_entry(app: State<'_, App>, op_id: String) -> Answer<SeparationView> {
    app.separation_of_entry(&op_id).await
}

/// Changes the plan: all edits as one step of undo, or none.
#[tauri::command]
#[specta::specta]
pub async fn separation_edit(
    app: State<'_, App>,
    contact_id: String,
    edits: Vec<SeparationEdit>,
) -> Answer<SeparationState> {
    app.separation_edit(&contact_id, edits).await
}

/// Takes the last change of the plan back.
#[tauri::command]
#[specta::specta]
pub async fn separation_undo(app: State<'_, App>, contact_id: String) -> Answer<SeparationState> {
    app.separation_undo(&contact_id).await
}

/// Makes the change again that was last taken back.
#[tauri::command]
#[specta::specta]
pub async fn separation_redo(app: State<'_, App>, contact_id: String) -> Answer<SeparationState> {
    app.separation_redo(&contact_id).await
}

/// Throws the draft of a separation away.
#[tauri::command]
#[specta::specta]
pub async fn separation_discard(app: State<'_, App>, contact_id: String) -> Answer<()> {
    app.separation_discard(&contact_id).await
}

/// Messages of a conversation from a position on.
#[tauri::command]
#[specta::specta]
pub async fn separation_messages(
    app: State<'_, App>,
    contact_id: String,
    conversation_id: String,
    from: u32,
    count: u32,
) -> Answer<MessagePage> {
    app.separation_messages(&contact_id, &conversation_id, from, count).await
}

/// Positions of the messages of a conversation that hold a text.
#[tauri::command]
#[specta::specta]
pub async fn separation_find(
    app: State<'_, App>,
    contact_id: String,
    conversation_id: String,
    text: String,
) -> Answer<Vec<u32>> {
    app.separation_find(&contact_id, &conversation_id, &text).await
}

/// What is proposed for a separation, by what its plan says of the two people.
#[tauri::command]
#[specta::specta]
pub async fn separation_suggestions(app: State<'_, App>, contact_id: String) -> Answer<SuggestionsView> {
    app.separation_suggestions(&contact_id).await
}

/// The best cuts of one conversation, whether or not two people seem to share it.
#[tauri::command]
#[specta::specta]
pub async fn separation_cuts(
    app: State<'_, App>,
    contact_id: String,
    conversation_id: String,
) -> Answer<Vec<CutProposalView>> {
    app.separation_cuts(&contact_id, &conversation_id).await
}

/// Separates a contact; with `dryRun`, only says what that would do.
#[tauri::command]
#[specta::specta]
pub async fn separate(app: State<'_, App>, request: SeparateRequest) -> Answer<SeparateAnswer> {
    app.separate(request).await
}

/// After the account in use was taken up anew, with success or without: a sandbox is connected to.
fn wake(app: &App, sandbox: &Arc<Sandbox>) {
    wake_sandbox(app.clone(), Arc::clone(sandbox));
}

/// Where files for the person go.
fn downloads(handle: &AppHandle) -> Answer<PathBuf> {
    let path = handle.path();
    path.download_dir()
        .or_else(|_| path.home_dir())
        .map_err(|_| AppError::new(ErrorCode::Storage, "There is no folder for files that you export."))
}
