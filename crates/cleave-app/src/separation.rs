//! Placeholder of signatures.
use crate::App;
use crate::ipc::*;

fn no<T>() -> Result<T, AppError> {
    Err(AppError::new(ErrorCode::NotFound, "Not yet."))
}

impl App {
    /// Looks for contacts.
    pub async fn contacts(&self, _request: ContactSearch) -> Result<ContactsFound, AppError> {
        no()
    }
    /// Settled decisions.
    pub async fn history(&self, _request: HistoryRequest) -> Result<HistoryPage, AppError> {
        no()
    }
    /// The person says that it was done.
    pub async fn mark_applied(&self, _op_id: &str, _reason: &str) -> Result<OutboxEntry, AppError> {
        no()
    }
    /// Opens the editor.
    pub async fn separation(&self, _contact_id: &str) -> Result<SeparationView, AppError> {
        no()
    }
    /// Opens the editor with the plan of an entry.
    pub async fn separation_of_entry(&self, _op_id: &str) -> Result<SeparationView, AppError> {
        no()
    }
    /// Makes edits.
    pub async fn separation_edit(
        &self,
        _contact_id: &str,
        _edits: Vec<SeparationEdit>,
    ) -> Result<SeparationState, AppError> {
        no()
    }
    /// Undoes.
    pub async fn separation_undo(&self, _contact_id: &str) -> Result<SeparationState, AppError> {
        no()
    }
    /// Does again.
    pub async fn separation_redo(&self, _contact_id: &str) -> Result<SeparationState, AppError> {
        no()
    }
    /// Throws the draft away.
    pub async fn separation_discard(&self, _contact_id: &str) -> Result<(), AppError> {
        no()
    }
    /// Messages.
    pub async fn separation_messages(
        &self,
        _contact_id: &str,
        _conversation_id: &str,
        _from: u32,
        _count: u32,
    ) -> Result<MessagePage, AppError> {
        no()
    }
    /// Finds text.
    pub async fn separation_find(
        &self,
        _contact_id: &str,
        _conversation_id: &str,
        _text: &str,
    ) -> Result<Vec<u32>, AppError> {
        no()
    }
    /// Suggests.
    pub async fn separation_suggestions(&self, _contact_id: &str) -> Result<SuggestionsView, AppError> {
        no()
    }
    /// The three best cuts of any one conversation.
    pub async fn separation_cuts(
        &self,
        _contact_id: &str,
        _conversation_id: &str,
    ) -> Result<Vec<CutProposalView>, AppError> {
        no()
    }
    /// Separates.
    pub async fn separate(&self, _request: SeparateRequest) -> Result<SeparateAnswer, AppError> {
        no()
    }
}
