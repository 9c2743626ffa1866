//! What state an entry comes back with.

use cleave_core::decision::DecisionKind;
use cleave_core::outbox::{Hold, State};
use rusqlite::types::Value;

use super::found::{Cells, Found, Key};

/// What is concluded about an entry.
pub(super) struct Verdict {
    /// The state to come back with.
    pub state: State,
    /// The revision that its rows reach.
    pub revision: i64,
    /// Whether that is another state than its row says.
    pub changed: bool,
    /// Whether it may have been sent without a row that says so.
    pub attempt_missing: bool,
    /// Rows that must have been there.
    pub transitions_lost: u64,
    /// Rows that must have been there.
    pub attempts_lost: u64,
    /// Rows that must have been there.
    pub touches_lost: u64,
}

/// Judges an entry by its row and by what is left of its history; `None` where its row makes no sense.
pub(super) fn judge(found: &Found, op_id: &str, entry: &Cells) -> Option<Verdict> {
    let (row_state, row_revision) = (state(entry, "state", "hold")?, number(entry, "revision")?);
    let transitions: Vec<(i64, Option<State>)> = found
        .of("transition", op_id)
        .filter_map(|(key, cells)| Some((at(key)?, state(cells, "to_state", "to_hold"))))
        .collect();
    let (last, last_state) = transitions.last().copied().unwrap_or((0, None));
    let revision = row_revision.max(last);
    let latest = if last > row_revision { last_state? } else { row_state };
    let row_is_older = last > row_revision;
    let in_order = transitions.iter().map(|(revision, _)| *revision).eq(1..=revision);
    let agree = last == row_revision && last_state == Some(row_state);

    let sends = transitions.iter().filter(|(_, to)| *to == Some(State::Sending)).count();
    let attempts: Vec<(i64, bool)> = found
        .of("attempt", op_id)
        .filter_map(|(key, cells)| Some((at(key)?, matches!(cells.get("ended_at"), Some(Value::Integer(_))))))
        .collect();
    let numbered = attempts.iter().map(|(number, _)| *number).eq(1..=attempts.len() as i64);
    let attempts_lost = sends.saturating_sub(attempts.len()) as u64;
    let touches_lost = touches_lost(found, op_id, entry);
    let history_whole = in_order && agree && numbered && attempts.len() == sends && touches_lost == 0;

    let next = if latest.is_final() {
        latest
    } else if matches!(latest, State::Sending | State::Uncertain) || (!history_whole && under_way(&attempts))
    {
        State::Uncertain
    } else if history_whole {
        latest
    } else {
        State::NeedsPerson
    };
    Some(Verdict {
        state: next,
        revision,
        changed: row_is_older || next != row_state,
        attempt_missing: !next.is_final() && (attempts_lost > 0 || (!history_whole && attempts.is_empty())),
        transitions_lost: u64::try_from(revision).unwrap_or(0).saturating_sub(transitions.len() as u64),
        attempts_lost,
        touches_lost,
    })
}

/// How many of the contacts that an entry touches are not there: a separation touches one, settings none, the others
/// two.
fn touches_lost(found: &Found, op_id: &str, entry: &Cells) -> u64 {
    let kind = match entry.get("kind") {
        Some(Value::Text(word)) => DecisionKind::from_word(word),
        _ => None,
    };
    let places = found.of("touch", op_id).filter_map(|(key, _)| at(key));
    let expected = match kind {
        Some(DecisionKind::Separate) => 1_u64,
        Some(DecisionKind::Settings) => 0,
        _ => 2,
    };
    expected - places.zip(0..expected as i64).filter(|(found, place)| found == place).count() as u64
}

/// Whether the end of the last send was not seen.
fn under_way(attempts: &[(i64, bool)]) -> bool {
    attempts.last().is_some_and(|(_, ended)| !ended)
}

/// The state that two cells of a row name.
pub(super) fn state(cells: &Cells, state: &str, hold: &str) -> Option<State> {
    match (cells.get(state)?, cells.get(hold)?) {
        (Value::Text(state), Value::Text(hold)) => State::from_words(state, hold),
        _ => None,
    }
}

fn number(cells: &Cells, name: &str) -> Option<i64> {
    match cells.get(name)? {
        Value::Integer(number) => Some(*number),
        _ => None,
    }
}

fn at(key: &Key) -> Option<i64> {
    match key {
        Key::Number(number) => Some(*number),
        Key::Text(_) => None,
    }
}

/// What the person reads about it.
pub(super) fn reason(state: State) -> &'static str {
    match state {
        State::Uncertain => {
            "The file with this decision was damaged. It may have been sent; what became of it is being found out."
        }
        State::NeedsPerson => {
            "The file with this decision was damaged, and part of what happened to it is lost. Look whether it was done."
        }
        State::Superseded => "The file with this decision was damaged; a later decision took its place.",
        State::Queued(Hold::None) => "Waiting to be sent.",
        _ => "The file with this decision was damaged; this is the last that is known of it.",
    }
}
