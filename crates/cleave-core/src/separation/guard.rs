//! Whether the server itself would refuse a second copy of the request.

use super::plan::SeparationPlan;

/// What stands between a lost answer and a third contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// The new contact gets a phone number, and the server refuses a second contact with it.
    PhoneNumber,
    /// Nothing does: the request is sent at most once, and a person decides when its outcome stays unknown.
    Unguarded,
}

impl Guard {
    /// The guard of a plan.
    pub fn of(plan: &SeparationPlan) -> Guard {
        if plan.fields.phone_number.new.is_some() { Guard::PhoneNumber } else { Guard::Unguarded }
    }

    /// Whether a second copy would be refused.
    pub fn is_guarded(self) -> bool {
        self == Guard::PhoneNumber
    }

    /// Why, as a sentence for the admin.
    pub fn why(self) -> &'static str {
        match self {
            Guard::PhoneNumber => {
                "The new contact gets a phone number. The server allows each number once, so it would refuse a second copy of this separation."
            }
            Guard::Unguarded => {
                "The new contact gets no phone number, so nothing would stop the server from separating twice. It is sent once only; if the answer is lost, you decide what happened."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn a_number_on_the_new_contact_guards() {
        let mut plan = samples::plan();
        assert_eq!(Guard::of(&plan), Guard::PhoneNumber);
        plan.fields.phone_number.new = None;
        assert!(!Guard::of(&plan).is_guarded());
        assert_ne!(Guard::PhoneNumber.why(), Guard::Unguarded.why());
    }
}
