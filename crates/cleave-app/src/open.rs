//! Opening the window: subscribe first, then read.

use crate::App;
use crate::feed::{frame, shown};
use crate::ipc::{AppError, Capability, Changes, Connection, Opened, Support};

impl App {
    /// Subscribes to changes, in place of an earlier subscriber, and answers with the snapshot they continue.
    ///
    /// # Errors
    /// `Storage` where the local files cannot be read; nobody is subscribed then.
    pub async fn open(&self, sink: impl Fn(Changes) + Send + 'static) -> Result<Opened, AppError> {
        let app = &self.inner;
        app.look_again().await?;
        let mut feed = app.feed.hold().await;
        feed.sink = None;
        let active = app.in_use();
        let frame = frame(active.as_deref()).await?;
        let (capabilities, outbox) = match active.as_deref() {
            Some(active) => {
                let read = |store: &cleave_store::Store| {
                    let unsettled = store.unsettled()?;
                    let courses = store.courses(&unsettled)?;
                    Ok((store.capabilities()?, unsettled, courses))
                };
                let (stored, unsettled, courses) = active.disk(read).await?;
                let outbox = unsettled
                    .iter()
                    .zip(&courses)
                    .map(|(entry, course)| shown(active, entry, course))
                    .collect();
                (capabilities(&stored), outbox)
            }
            None => Default::default(),
        };
        feed.sink = Some(Box::new(sink));
        feed.frame = Some(frame.clone());
        feed.signed_out = frame.status.connection == Connection::SignedOut;
        Ok(Opened {
            revision: feed.revision,
            accounts: app.account_views(),
            account: active.as_deref().map(|active| app.account_view(&active.account)),
            capabilities,
            counts: frame.counts,
            status: frame.status,
            outbox,
            files: app.files(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            secrets: app.config.secrets.describe(),
        })
    }
}

/// What the probe found, with the words of the route table. A route this version no longer knows is left out.
pub(crate) fn capabilities(stored: &[(String, cleave_store::Support)]) -> Vec<Capability> {
    let found = |name: &str| stored.iter().find(|(route, _)| route == name).map(|(_, support)| *support);
    cleave_sync::Route::all()
        .filter_map(|route| {
            let support = found(route.name())?;
            Some(Capability {
                route: route.name().to_owned(),
                label: route.label().to_owned(),
                grade: route.grade().as_str().to_owned(),
                support: match support {
                    cleave_store::Support::Yes => Support::Yes,
                    cleave_store::Support::No => Support::No,
                    cleave_store::Support::Untested => Support::Untested,
                },
                without: route.without().to_owned(),
            })
        })
        .collect()
}
