//! Calling the store from async code.

use cleave_store::{Result, Store, StoreError};

/// Runs a method of the store where blocking is allowed.
///
/// # Errors
/// Those of the method; an I/O error if the runtime is ending.
pub async fn on_disk<T: Send + 'static>(
    store: &Store,
    work: impl FnOnce(&Store) -> Result<T> + Send + 'static,
) -> Result<T> {
    let store = store.clone();
    match tokio::task::spawn_blocking(move || work(&store)).await {
        Ok(result) => result,
        Err(_) => Err(StoreError::Io(std::io::Error::other("the program is ending"))),
    }
}
