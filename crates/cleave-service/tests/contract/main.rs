//! Every answer of the service against the OpenAPI description: each operation with its 200, and the refusals that
//! the description promises.

#[cfg(test)]
mod description;
#[cfg(test)]
mod session;
#[cfg(test)]
mod walk;
