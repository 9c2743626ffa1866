//! A separation while somebody works on it: the plan, the contact it was made for, and the way back. Pure.

use std::sync::Arc;

use cleave_core::outbox::{Event, State, step};
use cleave_core::separation::{
    ChildPreview, Drift, Edit, EditRefused, Gone, Preview, SeparationPlan, Subject, preview, rebase,
};

use cleave_core::suggest::PersonGuess;

use super::refusal::Refusal;
use super::stored::Kept;
use super::translate::{invalid, translate};
use crate::ipc::{AppError, SeparationEdit};
use crate::view::names::Names;
use crate::view::separation::options::Options;

/// Most steps that can be taken back.
const STEPS: usize = 500;

/// A draft. Every change of the plan leaves `preview` as the preview of it.
pub(crate) struct Draft {
    /// The contact as the plan is made for it.
    pub subject: Arc<Subject>,
    /// Where everything goes.
    pub plan: SeparationPlan,
    /// What would come of it.
    pub preview: Preview,
    /// Edits that take the last steps back, the latest last.
    pub undo: Vec<Edit>,
    /// Edits that make steps again that were taken back.
    pub redo: Vec<Edit>,
    /// The decision that the plan was taken from.
    pub entry: Option<String>,
    /// Names behind ids.
    pub names: Arc<Names>,
    /// Counts the changes; taken from the desk, so that no two drafts of a contact share one.
    pub revision: u32,
    /// What changed underneath since somebody last did something with it, each once.
    pub drift: Vec<Drift>,
    /// Whether something of it is not on the disk.
    pub unsaved: bool,
    /// Why no edit can make it ready to be sent, in words.
    pub in_the_way: Option<String>,
    /// What the server said against the plan that this was taken from.
    pub refusal: Option<Refusal>,
    /// Who the second person may be, once it was looked for.
    guess: Option<PersonGuess>,
    /// What is offered for its lines.
    pub options: Options,
}

impl Draft {
    /// A new one: everything stays, every record is undecided.
    pub fn start(subject: Subject, names: Names) -> Draft {
        Draft::of(SeparationPlan::start(&subject), subject, names)
    }

    /// One with a plan of this subject.
    pub fn of(plan: SeparationPlan, subject: Subject, names: Names) -> Draft {
        Draft {
            preview: preview(&subject, &plan),
            options: Options::of(&subject, None),
            subject: Arc::new(subject),
            plan,
            undo: Vec::new(),
            redo: Vec::new(),
            entry: None,
            names: Arc::new(names),
            revision: 0,
            drift: Vec::new(),
            unsaved: false,
            in_the_way: None,
            refusal: None,
            guess: None,
        }
    }

    /// One of earlier, carried over to the contact as it is now.
    pub fn restored(kept: Kept, now: Subject, names: Names) -> (Draft, Vec<Drift>) {
        let Kept { plan, subject, undo, redo, entry } = kept;
        // Both without what is not kept, so that only what is known of both is compared.
        let comparable = now.kept_for(&plan);
        let (plan, drift) = rebase(plan, &subject, &comparable);
        let mut draft = Draft { undo, redo, entry, ..Draft::of(plan, now, names) };
        draft.forget(&drift, &subject);
        (draft, drift)
    }

    /// Whether somebody has done something with it.
    pub fn is_touched(&self) -> bool {
        !self.undo.is_empty() || !self.redo.is_empty() || self.entry.is_some()
    }

    /// Makes all edits as one step, or none. Answers where the records were before.
    ///
    /// # Errors
    /// What [`translate`] and the plan refuse; the plan is then as it was.
    pub fn change(&mut self, edits: Vec<SeparationEdit>) -> Result<Vec<ChildPreview>, AppError> {
        let mut made = Vec::with_capacity(edits.len());
        for edit in edits {
            let done = translate(&self.subject, &self.plan, edit)
                .and_then(|edit| Ok((edit.clone(), self.plan.apply(edit).map_err(refused)?)));
            match done {
                Ok(done) => made.push(done),
                Err(error) => {
                    for (_, inverse) in made.into_iter().rev() {
                        self.plan.apply(inverse).map_err(refused)?;
                    }
                    return Err(error);
                }
            }
        }
        if made.iter().all(|(edit, inverse)| changes_nothing(edit, inverse)) {
            return Ok(self.preview.children.clone());
        }
        let edits = made.into_iter().rev().map(|(_, inverse)| inverse).collect();
        self.remember(Edit::Batch { edits });
        Ok(self.look())
    }

    /// Makes one edit of the plan itself as a step.
    ///
    /// # Errors
    /// As the plan refuses it.
    pub fn step(&mut self, edit: Edit) -> Result<(), AppError> {
        let inverse = self.plan.apply(edit).map_err(refused)?;
        self.remember(inverse);
        self.look();
        Ok(())
    }

    /// Takes the last step back. Answers where the records were before; `None` where there is no step.
    ///
    /// # Errors
    /// None that is known: what a step cannot be taken back for is pruned when it goes.
    pub fn undo(&mut self) -> Result<Option<Vec<ChildPreview>>, AppError> {
        let Some(step) = self.undo.pop() else { return Ok(None) };
        let again = self.plan.apply(step).map_err(refused)?;
        self.drift.clear();
        self.redo.push(again);
        Ok(Some(self.look()))
    }

    /// Makes the step again that was taken back last, as [`Draft::undo`].
    ///
    /// # Errors
    /// As [`Draft::undo`].
    pub fn redo(&mut self) -> Result<Option<Vec<ChildPreview>>, AppError> {
        let Some(step) = self.redo.pop() else { return Ok(None) };
        let back = self.plan.apply(step).map_err(refused)?;
        self.drift.clear();
        self.undo.push(back);
        Ok(Some(self.look()))
    }

    /// Goes over to the contact as it is now. Answers what changed underneath; a draft that nobody has touched begins
    /// anew instead, and has none.
    pub fn follow(&mut self, mut now: Subject) -> Vec<Drift> {
        now.held_elsewhere.clone_from(&self.subject.held_elsewhere);
        if *self.subject == now {
            return Vec::new();
        }
        let mut drift = Vec::new();
        if self.is_touched() {
            let (plan, found) = rebase(self.plan.clone(), &self.subject, &now);
            self.plan = plan;
            drift = found;
        } else {
            self.plan = SeparationPlan::start(&now);
        }
        let before = std::mem::replace(&mut self.subject, Arc::new(now));
        self.options = Options::of(&self.subject, self.guess.as_ref());
        self.forget(&drift, &before);
        self.unsaved |= !drift.is_empty();
        self.look();
        drift
    }

    /// Keeps in mind what changed underneath, until something is done: reading again must not take it from the screen.
    pub fn notice(&mut self, drift: Vec<Drift>) {
        for each in drift {
            if !self.drift.contains(&each) {
                self.drift.push(each);
            }
        }
    }

    /// Notes which numbers other contacts hold.
    pub fn hold(&mut self, held: Vec<String>) {
        let mut noted = Subject::default();
        held.iter().for_each(|number| noted.hold(number));
        if noted.held_elsewhere != self.subject.held_elsewhere {
            Arc::make_mut(&mut self.subject).held_elsewhere = noted.held_elsewhere;
            self.look();
        }
    }

    /// Takes in who the second person may be.
    pub fn suppose(&mut self, guess: Option<PersonGuess>) {
        if guess != self.guess {
            self.options = Options::of(&self.subject, guess.as_ref());
            self.guess = guess;
        }
    }

    /// The numbers that the plan gives to the two contacts.
    pub fn numbers(&self) -> Vec<String> {
        let numbers = &self.plan.fields.phone_number;
        numbers.original.iter().chain(&numbers.new).cloned().collect()
    }

    fn remember(&mut self, inverse: Edit) {
        self.drift.clear();
        self.redo.clear();
        self.undo.push(inverse);
        if self.undo.len() > STEPS {
            self.undo.remove(0);
        }
    }

    /// Takes out of the way back what is not there any more, since the contact was as it was `before`.
    fn forget(&mut self, drift: &[Drift], before: &Subject) {
        let gone = Gone::of(drift, before, &self.subject);
        if gone.is_empty() {
            return;
        }
        for steps in [&mut self.undo, &mut self.redo] {
            *steps = std::mem::take(steps).into_iter().filter_map(|step| gone.without(step)).collect();
        }
    }

    fn look(&mut self) -> Vec<ChildPreview> {
        let seen = preview(&self.subject, &self.plan);
        std::mem::replace(&mut self.preview, seen).children
    }
}

/// Whether making the edit was making nothing: what takes it back is the edit itself.
fn changes_nothing(edit: &Edit, inverse: &Edit) -> bool {
    match (edit, inverse) {
        (Edit::Batch { edits }, Edit::Batch { edits: back }) => {
            edits.len() == back.len()
                && edits.iter().zip(back.iter().rev()).all(|(a, b)| changes_nothing(a, b))
        }
        (edit, inverse) => edit == inverse,
    }
}

fn refused(refused: EditRefused) -> AppError {
    match refused {
        EditRefused::UnknownChild(kind) => {
            invalid(&format!("The contact does not have this {} any more.", kind.noun()))
        }
        EditRefused::Divided | EditRefused::NotDivided => {
            let text = refused.to_string();
            let mut letters = text.chars();
            let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
            invalid(&format!("{first}{}.", letters.as_str()))
        }
    }
}

/// Why a contact cannot be separated while a decision about it stands where it does; `None` where it can.
pub(crate) fn in_the_way(state: State) -> Option<String> {
    (!state.is_final() && step(state, Event::Supersede).is_err()).then(|| {
        "Your separation of this contact is on its way: wait until the outbox says what became of it"
            .to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::super::stored::Snapshot;
    use super::super::trial::subject;
    use super::*;
    use crate::ipc::{ChildKind, ChildPlace, ChildRef, SeparationSide};
    use crate::view::separation::state::state;
    use cleave_core::separation::{Conversation, Target};

    fn draft() -> Draft {
        Draft::start(subject(), Names::default())
    }

    fn edits() -> Vec<SeparationEdit> {
        let note = ChildRef { kind: ChildKind::Note, id: "n1".into() };
        vec![
            SeparationEdit::Set { path: "firstName".into(), side: SeparationSide::New, text: "Janet".into() },
            SeparationEdit::Assign { children: vec![note], to: ChildPlace::New },
            SeparationEdit::Divide {
                conversation_id: "sms".into(),
                message_id: "m2".into(),
                before: SeparationSide::Original,
            },
        ]
    }

    fn stored(draft: &Draft) -> Kept {
        Kept::read(&Snapshot::of(draft).keep().write().unwrap()).unwrap()
    }

    #[test]
    fn what_is_stored_comes_back_without_drift_where_nothing_changed() {
        let mut before = draft();
        before.change(edits()).unwrap();
        let (mut after, drift) = Draft::restored(stored(&before), subject(), Names::default());
        assert_eq!(drift, []);
        assert!(after.plan == before.plan && after.is_touched());
        assert_eq!(state(&after, None), state(&before, None));
        after.undo().unwrap().unwrap();
        assert!(after.plan == SeparationPlan::start(&subject()));
        after.redo().unwrap().unwrap();
        assert!(after.plan == before.plan);
    }

    #[test]
    fn a_message_that_is_new_is_drift_and_the_cut_stays() {
        let mut before = draft();
        before.change(edits()).unwrap();
        let mut now = subject();
        let messages = now.conversations[0].messages.as_mut().unwrap();
        messages.push(cleave_core::separation::MessageHead { id: "m9".into(), ..messages[5].clone() });
        let (after, drift) = Draft::restored(stored(&before), now.clone(), Names::default());
        assert_eq!(drift.len(), 1);
        assert_eq!(after.preview.cuts[0].halves.of(Target::New).count, 5);
        assert_eq!(before.follow(now.clone()), drift);
        // It stays in mind while it is read again, and until something is done.
        before.notice(drift.clone());
        let again = before.follow(now);
        before.notice(again);
        before.notice(drift.clone());
        assert_eq!(before.drift, drift);
        before.undo().unwrap().unwrap();
        assert_eq!(before.drift, []);
    }

    #[test]
    fn a_step_back_never_brings_back_what_is_gone() {
        let mut draft = draft();
        draft.change(edits()).unwrap();
        let mut now = subject();
        now.notes.clear();
        now.conversations = vec![Conversation { id: "web".into(), ..Conversation::default() }];
        assert!(!draft.follow(now.clone()).is_empty());
        assert_eq!(draft.follow(now.clone()), []);
        draft.undo().unwrap().unwrap();
        assert!(draft.plan == SeparationPlan::start(&now));
    }

    #[test]
    fn a_draft_that_nobody_touched_begins_anew() {
        let mut draft = draft();
        let mut now = subject();
        now.contact.values.insert("firstName".into(), "Joan".into());
        assert_eq!(draft.follow(now.clone()), []);
        assert!(draft.plan == SeparationPlan::start(&now) && !draft.unsaved);
    }

    #[test]
    fn a_number_that_another_contact_holds_is_a_problem_until_it_is_not() {
        let mut draft = draft();
        let number = SeparationEdit::Set {
            path: "phoneNumber".into(),
            side: SeparationSide::New,
            text: "+14165550199".into(),
        };
        draft.change(vec![number]).unwrap();
        assert_eq!(draft.numbers(), ["+14165550100", "+14165550199"]);
        let problems = |draft: &Draft| {
            let shown = state(draft, None);
            let line = shown.lines.iter().find(|line| line.path == "phoneNumber").unwrap();
            line.new.problems.iter().map(|problem| problem.message.clone()).collect::<Vec<_>>()
        };
        assert_eq!(problems(&draft), [""; 0]);
        draft.hold(vec!["(416) 555-0199".into()]);
        assert_eq!(problems(&draft), ["Another contact of the organisation has this phone number."]);
        draft.hold(Vec::new());
        assert_eq!(problems(&draft), [""; 0]);
    }
}
