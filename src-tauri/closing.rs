//! Closing the window over work that is not sent.
//!
//! A request to close is held back until the application has said whether there is something to ask, and then until the
//! person has answered. A second request closes at once, whatever the page does: a page that hangs keeps no window open.
//! Whoever says to stay, stays, also when what waits was being sent in order to close.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use cleave_app::App;
use cleave_app::ipc::{AppError, QuitHow};
use tauri::{AppHandle, CloseRequestApi, Manager};

/// Longest time that closing sends what can be sent now.
const SENDING: Duration = Duration::from_secs(30);

/// Whether a request to close is waiting for its answer.
#[derive(Default)]
pub struct Question {
    asked: Mutex<Asked>,
}

#[derive(Default)]
struct Asked {
    open: bool,
    /// Counts the questions, so that the answer to an earlier one does not close over a later one.
    number: u64,
}

impl Question {
    /// Opens it; `None` where it is open already. Answers its number.
    fn ask(&self) -> Option<u64> {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if std::mem::replace(&mut asked.open, true) {
            return None;
        }
        asked.number += 1;
        Some(asked.number)
    }

    /// The number of the one that is open.
    fn open(&self) -> Option<u64> {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.open.then_some(asked.number)
    }

    /// The window stays: the question is over.
    fn stay(&self) {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).open = false;
    }
}

/// Somebody asked the window to close.
pub fn requested(handle: &AppHandle, api: &CloseRequestApi) {
    // A window that could not be filled has nothing to ask.
    let Some(app) = handle.try_state::<App>() else { return };
    let Some(number) = handle.state::<Question>().ask() else { return };
    api.prevent_close();
    let (handle, app) = (handle.clone(), App::clone(&app));
    tauri::async_runtime::spawn(async move {
        if !app.ask_before_closing().await && handle.state::<Question>().open() == Some(number) {
            close(&handle);
        }
    });
}

/// What the person wants done. Whoever says that the window stays while it sends is heard: it does not close then.
///
/// # Errors
/// Those of [`App::finish_sending`]; the window is still open then, and so is the question.
pub async fn answer(handle: &AppHandle, app: &App, how: QuitHow) -> Result<(), AppError> {
    let question = handle.state::<Question>();
    match how {
        QuitHow::Stay => question.stay(),
        QuitHow::Send => {
            let number = question.open();
            app.finish_sending(SENDING).await?;
            if number.is_some() && question.open() == number {
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

#[cfg(test)]
mod tests {
    use super::Question;

    #[test]
    fn the_answer_to_one_question_closes_over_no_other() {
        let question = Question::default();
        assert_eq!(question.open(), None);
        let first = question.ask();
        assert!(first.is_some() && question.open() == first);
        assert_eq!(question.ask(), None, "the second request closes at once");
        question.stay();
        assert_eq!(question.open(), None, "sending for the first does not close");
        let second = question.ask();
        assert!(second.is_some() && second != first);
        assert_eq!(question.open(), second);
    }
}
