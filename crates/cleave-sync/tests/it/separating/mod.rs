//! Separations over the wire and back, against the local API service: whatever happens on the way, one contact becomes
//! two at most once.

mod before_sending;
mod lost_answers;
mod read_again;
mod reading;
mod sent;
mod shared;
mod traceless;
