//! Opening the files of an account.

use std::sync::PoisonError;
use std::thread;
use std::time::{Duration, Instant};

use cleave_store::{Access, ReadOnlyReason, Store, StoreError};

use crate::ipc::AppError;
use crate::{Inner, blocking};

impl Inner {
    /// The store of an account; opened at its first use. For reading only where nothing can be written here.
    pub async fn store(&self, id: &str) -> Result<Store, AppError> {
        Ok(self.opened(id).await??)
    }

    /// The same, with the reason of the store where it cannot be opened.
    pub async fn opened(&self, id: &str) -> Result<Result<Store, StoreError>, AppError> {
        let open = self.stores.lock().unwrap_or_else(PoisonError::into_inner).get(id).cloned();
        if let Some(store) = open {
            return Ok(Ok(store));
        }
        let (folder, now) = (self.config.home.account(id), self.config.clock.now());
        let (barred, patience) = (self.barred(), self.config.patience);
        let in_the_way = |opened: &Result<Store, StoreError>| match opened {
            Ok(store) => store.access() == Access::ReadOnly(ReadOnlyReason::AnotherProcess),
            Err(error) => matches!(error, StoreError::AlreadyOpen),
        };
        let opened = blocking(move || {
            Ok(match barred {
                Some(reason) => Store::open_to_read(&folder, reason),
                None => patiently(patience, || Store::open_or_read(&folder, now), in_the_way),
            })
        })
        .await?;
        // One that only reads is opened anew each time: it may be for writing by then.
        if let Ok(store) = &opened
            && store.access() == Access::ReadWrite
        {
            self.stores.lock().unwrap_or_else(PoisonError::into_inner).insert(id.to_owned(), store.clone());
        }
        Ok(opened)
    }
}

/// Tries until it is no longer in the way of a process that is about to end, at most for so long. Blocks.
pub(crate) fn patiently<T>(
    patience: Duration,
    mut attempt: impl FnMut() -> T,
    in_the_way: impl Fn(&T) -> bool,
) -> T {
    let start = Instant::now();
    loop {
        let answer = attempt();
        if !in_the_way(&answer) || start.elapsed() >= patience {
            return answer;
        }
        thread::sleep(Duration::from_millis(50));
    }
}
