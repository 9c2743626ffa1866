//! The commands the window may call. Each passes on to the application; nothing is decided here.

use std::sync::Arc;

use cleave_app::App;
use cleave_app::ipc::{
    AccountView, AppError, Changes, ConnectRequest, DecideAnswer, DecideRequest, Opened, OutboxEntry,
    QueuePage, QueueRequest, ReviewView,
};
use tauri::State;
use tauri::ipc::Channel;

use crate::sandbox::Sandbox;

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
pub async fn use_account(app: State<'_, App>, id: String) -> Answer<AccountView> {
    app.use_account(&id).await
}

/// Forgets the session of an account. Its undelivered decisions stay on this machine.
#[tauri::command]
#[specta::specta]
pub async fn sign_out(app: State<'_, App>, id: String) -> Answer<()> {
    app.sign_out(&id).await
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
