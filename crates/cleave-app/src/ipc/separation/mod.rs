//! Separating one contact into two: what the editor shows, and what it sends.
//!
//! The draft lives in this process and on the disk; the window holds no part of the plan. It sends edits and shows the
//! [`SeparationState`] that comes back.

mod commit;
mod edit;
mod proposal;
mod state;
mod thread;
mod view;

pub use commit::{ReceiptRow, ReceiptView, SeparateAnswer, SeparateRequest, SeparationSheet};
pub use edit::{ChildPlace, ChildRef, SeparationEdit, SeparationSide};
pub use proposal::{CutProposalView, EvidenceView, GuessView, SuggestionView, SuggestionsView};
pub use state::{
    ChildPlaceView, CounterView, LineKind, SeparationProblem, SeparationState, SplitLine, SplitOption,
    SplitValue, UnslottedView,
};
pub use thread::{CutView, HalfView, MessagePage, MessageView};
pub use view::{ChildCard, Choice, DriftView, SeparationView};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_typed_or_read_is_printed() {
        let value = SplitValue { text: "Jane".into(), shown: "Jane".into(), ..SplitValue::default() };
        let message =
            MessageView { id: "m1".into(), at: None, inbound: Some(true), text: "Hello Jane".into() };
        let sheet = SeparationSheet {
            title: "Jane".into(),
            happens: vec!["Jane".into()],
            irrevocable: Vec::new(),
            warnings: Vec::new(),
        };
        let printed = format!("{value:?} {message:?} {sheet:?}");
        assert!(!printed.contains("Jane") && printed.contains("m1"), "{printed}");
    }
}
