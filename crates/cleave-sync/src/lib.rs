//! Moves decisions and data over HTTP; classifies answers; reconciles; retries.
