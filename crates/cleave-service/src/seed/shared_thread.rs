//! Threads of two people at one number: the reason for a separation.

use rand::Rng;

use super::children::Talk;
use super::names::{STOCKS, Tongue};
use super::people::word;
use super::talk::{TAKEOVERS, exchanges};
use crate::error::StartError;
use crate::rule::phones;

const DAY: i64 = 24 * 3600 * 1000;

/// First the contact writes; after months of silence somebody else has the number, says so, and goes on writing.
/// Answers whether there was a number and time enough for it.
pub(super) fn share_number(talk: &mut Talk<'_>) -> Result<bool, StartError> {
    let age = talk.base.now - talk.contact.created;
    if phones::held(&talk.contact.document).is_empty() || age < 200 * DAY {
        return Ok(false);
    }
    let me = talk.first_name();
    let mut new = word(STOCKS[0].first, talk.chance);
    while new == me {
        new = word(STOCKS[0].first, talk.chance);
    }
    let channel = if talk.chance.random_bool(0.7) { "sms" } else { "whatsapp" };
    let mut thread = talk.begin(channel)?;
    thread.start_at(talk.contact.created + talk.chance.random_range(1..20) * DAY);
    let usual = exchanges(Tongue::English);
    for _ in 0..talk.chance.random_range(1..=2) {
        let exchange = usual[talk.chance.random_range(0..usual.len())];
        talk.say(&mut thread, exchange, &[("{me}", &me)])?;
        thread.at += talk.chance.random_range(2..15) * DAY;
    }
    thread.at += talk.chance.random_range(60..100) * DAY;
    let takeover = TAKEOVERS[talk.chance.random_range(0..TAKEOVERS.len())];
    talk.say(&mut thread, takeover, &[("{new}", new), ("{me}", &me)])?;
    thread.at += talk.chance.random_range(1..10) * DAY;
    let exchange = usual[talk.chance.random_range(0..usual.len())];
    talk.say(&mut thread, exchange, &[("{me}", new)])?;
    talk.end(thread)?;
    Ok(true)
}
