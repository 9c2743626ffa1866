//! The TLS provider of the process.

use std::sync::Once;

static INSTALLED: Once = Once::new();

/// Installs ring as the provider of TLS, once. The first thing a program does; a client that is made earlier does it
/// itself. One that somebody else has installed before stays.
pub fn install_tls() {
    INSTALLED.call_once(|| {
        if rustls::crypto::ring::default_provider().install_default().is_err() {
            tracing::debug!("another TLS provider was installed before");
        }
    });
}
