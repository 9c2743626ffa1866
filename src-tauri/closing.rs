//! Closing the window over work that is not sent.
//!
//! A request to close is held back until the application has said whether there is something to ask, and then until the
//! person has answered. A second request closes at once, whatever the page does: a page that hangs keeps no window open.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use cleave_app::App;
use cleave_app::ipc::{AppError, QuitHow};
use tauri::{AppHandle, CloseRequestApi, Manager};

/// Longest time that closing sends what can be sent now.
const SENDING: Duration = Duration::from_secs(30);

/// Whether a request to close is waiting for its answer.
#[derive(Default)]
pub struct Question {
    open: AtomicBool,
}

/// Somebody asked the window to close.
pub fn requested(handle: &AppHandle, api: &CloseRequestApi) {
    // A window that could not be filled has nothing to ask.
    let Some(app) = handle.try_state::<App>() else { return };
    if handle.state::<Question>().open.swap(true, Ordering::SeqCst) {
        return;
    }
    api.prevent_close();
    let (handle, app) = (handle.clone(), App::clone(&app));
    tauri::async_runtime::spawn(async move {
        if !app.ask_before_closing().await {
            close(&handle);
        }
    });
}

/// What the person wants done. Whoever says that the window stays while it sends is heard: it does not close then.
///
/// # Errors
/// Those of [`App::finish_sending`]; the window is still open then, and so is the question.
pub async fn answer(handle: &AppHandle, app: &App, how: QuitHow) -> Result<(), AppError> {
    match how {
        QuitHow::Stay => handle.state::<Question>().open.store(false, Ordering::SeqCst),
        QuitHow::Send => {
            app.finish_sending(SENDING).await?;
            if handle.state::<Question>().open.load(Ordering::SeqCst) {
                close(handle);
            }
        }
        QuitHow::Keep => close(handle),
    }
    Ok(())
}

/// Closes the windows, which ends the application.
fn close(handle: &AppHandle) {
    for window in handle.webview_windows().values() {
        if let Err(error) = window.destroy() {
            tracing::error!(%error, "the window did not close");
        }
    }
}
