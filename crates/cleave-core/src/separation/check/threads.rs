//! A conversation goes to the contact that has its number or address: whoever writes there next is filed there.

use std::collections::BTreeSet;

use crate::field::EMAIL;
use crate::normalise;
use crate::separation::kind::ChildKind;
use crate::separation::phones::phone_key;
use crate::separation::preview::{ChildSide, Preview};
use crate::separation::problem::{Place, Problem, ProblemCode, named};
use crate::separation::result::ResultingContact;
use crate::separation::subject::Subject;
use crate::separation::target::{Pair, Target};

pub(super) fn check(subject: &Subject, preview: &Preview, problems: &mut Vec<Problem>) {
    let Pair { original, new } = &preview.contacts;
    let reached = Pair { original: addresses(original), new: addresses(new) };
    for (conversation, child) in subject.conversations.iter().zip(&preview.children) {
        let identifier = conversation.channel_identifier.as_deref().filter(|text| !text.trim().is_empty());
        let Some(address) = identifier.and_then(address) else { continue };
        let on = |side: Target| reached.of(side).contains(&address);
        let place = || Place::Child(ChildKind::Conversation, conversation.id.clone());
        let message = match child.side {
            ChildSide::Original if !on(Target::Original) => elsewhere(Target::Original),
            ChildSide::New if !on(Target::New) => elsewhere(Target::New),
            // One address cannot be on both, so that one half always is elsewhere.
            ChildSide::Cut if !on(Target::Original) && !on(Target::New) => {
                "The number or address of this conversation is on neither contact.".to_owned()
            }
            _ => continue,
        };
        problems.push(Problem::new(place(), ProblemCode::ThreadElsewhere, message));
    }
}

fn elsewhere(side: Target) -> String {
    format!("This conversation goes to {}, which does not have its number or address.", named(side))
}

/// What a thread's identifier is compared by; `None` for one that is neither an address nor a number.
fn address(identifier: &str) -> Option<String> {
    if identifier.contains('@') {
        return Some(normalise::email(identifier));
    }
    normalise::phone(identifier, normalise::DEFAULT_REGION)
}

fn addresses(side: &ResultingContact) -> BTreeSet<String> {
    let numbers = side.contact.all_phones().into_iter().map(phone_key);
    numbers.chain(side.contact.text(EMAIL).as_deref().map(normalise::email)).collect()
}
