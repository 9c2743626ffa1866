//! The divider finder: where a conversation passes from one person to the other.
//!
//! Every gap between two messages is scored by what the messages before and after it say of their person, by the
//! silence, by words of a new number or a wrong person, and by changes of language and of hours. The three best are
//! offered with what speaks for them. Nothing is cut here. The work is linear in the messages.

mod change;
pub(super) mod phrase;
mod silence;

use super::evidence::{Clue, Evidence, EvidenceKind};
use super::language::LANGUAGES;
use super::name::Who;
use super::people::People;
use super::thread::Thread;
use super::weigh::sigmoid;
use crate::separation::{Conversation, Direction, Target};

/// How many cuts are offered at most.
pub const OFFERED: usize = 3;

/// A cut that could be made. Its message is the first after the cut ([`crate::readings::DIVIDER_MESSAGE_IS_AFTER`]).
#[derive(Debug, Clone, PartialEq)]
pub struct CutProposal {
    /// The conversation.
    pub conversation_id: String,
    /// The first message after the cut, as a divider names it.
    pub message_id: String,
    /// Which half is whose.
    pub direction: Direction,
    /// From 0 to 1: how likely it is that the conversation changes hands here.
    pub score: f64,
    /// What speaks for it, the strongest first.
    pub evidence: Vec<Evidence>,
    /// How many messages stand before the cut.
    pub before: usize,
    /// How many stand after it, its own message included.
    pub after: usize,
}

/// The logit of a gap that nothing speaks for.
const BASE: f64 = -4.6;
/// What a message's name counts, of the nats it would count for a whole record.
const NAMES: f64 = 0.6;
/// How much the names may lift the score; the order is not bounded by it.
const NAMES_MOST: f64 = 5.5;
/// The most that one message says of its person.
const MESSAGE_MOST: f64 = 3.0;
const PHRASE: f64 = 2.2;
/// For the gap before the talk in which a phrase or a new name stands.
const TALK_PART: f64 = 0.45;
/// A name that is new in the thread.
const FRESH: f64 = 1.0;
const LANGUAGE: (f64, f64, f64) = (1.5, 0.6, 3.0);
const HOURS: (f64, f64, f64) = (4.0, 0.25, 1.0);
/// Hours of the day are counted in eighths.
const HOUR_PARTS: usize = 8;
/// How many pieces of evidence a cut shows.
const QUOTED: usize = 5;

/// The best cuts of a conversation, the best first, at most [`OFFERED`]; none for one with fewer than two messages or
/// with nothing that speaks for any gap.
pub fn cuts(conversation: &Conversation, people: &People) -> Vec<CutProposal> {
    find(&Thread::read(conversation, people))
}

struct Gap {
    at: usize,
    order: f64,
    score: f64,
}

pub(super) fn find(thread: &Thread<'_>) -> Vec<CutProposal> {
    let signals = Signals::of(thread);
    let mut gaps: Vec<Gap> =
        (1..thread.lines.len()).map(|at| signals.gap(at)).filter(|gap| gap.order > 0.0).collect();
    // Of equal gaps the earlier.
    gaps.sort_by(|a, b| b.order.total_cmp(&a.order).then(a.at.cmp(&b.at)));
    gaps.truncate(OFFERED);
    gaps.iter().filter_map(|gap| signals.proposal(gap)).collect()
}

/// What is known of every gap; entry `i` is the gap before message `i`.
struct Signals<'t, 'a> {
    thread: &'t Thread<'a>,
    /// Sums of what messages say, up to and without message `i`: positive for the new person.
    said: Vec<f64>,
    silence: Vec<(u64, f64)>,
    phrases: Vec<f64>,
    fresh: Vec<f64>,
    language: Vec<f64>,
    hours: Vec<f64>,
}

impl<'t, 'a> Signals<'t, 'a> {
    fn of(thread: &'t Thread<'a>) -> Self {
        let lines = &thread.lines;
        let instants: Vec<Option<i64>> = lines.iter().map(|line| line.instant).collect();
        let talks = silence::talks(&instants);
        let (mut said, mut sum) = (vec![0.0], 0.0);
        let mut phrases = vec![0.0; lines.len()];
        let mut fresh = vec![0.0; lines.len()];
        let mut seen: Vec<Target> = Vec::new();
        let lift = |list: &mut Vec<f64>, at: usize, weight: f64| {
            list[at] = f64::max(list[at], weight);
            list[talks[at]] = f64::max(list[talks[at]], weight * TALK_PART);
        };
        for (at, line) in lines.iter().enumerate() {
            sum += voice(line);
            said.push(sum);
            if line.phrase.is_some() {
                lift(&mut phrases, at, PHRASE);
            }
            for mark in &line.marks {
                if let Who::Side(side) = mark.who
                    && !seen.contains(&side)
                {
                    if !seen.is_empty() {
                        lift(&mut fresh, at, FRESH);
                    }
                    seen.push(side);
                }
            }
        }
        let languages: Vec<Option<usize>> =
            lines.iter().map(|line| line.language.map(|one| one as usize)).collect();
        let hours: Vec<Option<usize>> = (0..lines.len())
            .map(|at| {
                let theirs = thread.message(at).is_some_and(|message| message.inbound != Some(false));
                let second = lines[at].instant.filter(|_| theirs)?.rem_euclid(86_400);
                usize::try_from(second).ok().map(|second| second * HOUR_PARTS / 86_400)
            })
            .collect();
        Signals {
            thread,
            said,
            silence: silence::weights(&instants),
            phrases,
            fresh,
            language: change::gains::<LANGUAGES>(&languages),
            hours: change::gains::<HOUR_PARTS>(&hours),
        }
    }

    /// The sums of what the messages before and after a gap say.
    fn halves(&self, at: usize) -> (f64, f64) {
        let whole = self.said.last().copied().unwrap_or_default();
        (self.said[at], whole - self.said[at])
    }

    fn gap(&self, at: usize) -> Gap {
        let (before, after) = self.halves(at);
        // How much better two people explain the names than one.
        let names = NAMES * ((after - before).abs() - (after + before).abs()).max(0.0);
        let habits = habit(self.language[at], LANGUAGE) + habit(self.hours[at], HOURS);
        let place = self.silence[at].1 + self.phrases[at] + self.fresh[at] + habits;
        Gap { at, order: names + place, score: sigmoid(BASE + names.min(NAMES_MOST) + place) }
    }

    fn direction(&self, at: usize) -> Direction {
        let (before, after) = self.halves(at);
        if before > after { Direction::BeforeToNew } else { Direction::BeforeToOriginal }
    }

    fn proposal(&self, gap: &Gap) -> Option<CutProposal> {
        let messages = self.thread.conversation.messages.as_deref()?;
        let direction = self.direction(gap.at);
        Some(CutProposal {
            conversation_id: self.thread.conversation.id.clone(),
            message_id: messages.get(gap.at)?.id.clone(),
            direction,
            score: gap.score,
            evidence: self.evidence(gap.at, direction),
            before: gap.at,
            after: messages.len() - gap.at,
        })
    }

    fn evidence(&self, at: usize, direction: Direction) -> Vec<Evidence> {
        let (thread, before, after) = (self.thread, direction.before(), direction.before().other());
        let own = |at: usize, side: Target| {
            let marks = thread.lines.get(at)?.marks.iter();
            marks.filter_map(|mark| thread.clue(at, mark)).find(|clue| clue.side == side)
        };
        let mut clues: Vec<Clue<'a>> = Vec::new();
        clues.extend((at..thread.lines.len()).take(NEARBY).find_map(|at| own(at, after)));
        clues.extend((0..at).rev().take(NEARBY).find_map(|at| own(at, before)));
        for near in at..thread.lines.len().min(at + 3) {
            if let Some(found) = &thread.lines[near].phrase
                && let Some(mut clue) = thread.whole(near, found.kind, after, PHRASE)
            {
                clue.place = found.place.clone();
                clues.push(clue);
            }
        }
        let mut add = |kind, weight: f64| {
            if weight > 0.0 {
                clues.extend(thread.whole(at, kind, after, weight));
            }
        };
        let (seconds, silence) = self.silence[at];
        add(EvidenceKind::Silence(seconds), silence);
        add(EvidenceKind::Language, habit(self.language[at], LANGUAGE));
        add(EvidenceKind::Hours, habit(self.hours[at], HOURS));
        clues.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        clues.iter().take(QUOTED).map(Clue::evidence).collect()
    }
}

/// How far from a cut its names are quoted.
const NEARBY: usize = 40;

/// A gain in nats beyond what chance gives, scaled and bounded.
fn habit(gain: f64, (chance, scale, most): (f64, f64, f64)) -> f64 {
    ((gain - chance) * scale).clamp(0.0, most)
}

/// What a message says of its person: positive for the new one.
fn voice(line: &super::thread::Line) -> f64 {
    let sum: f64 = line
        .marks
        .iter()
        .map(|mark| match mark.who {
            Who::Side(Target::New) => mark.weight,
            Who::Side(Target::Original) => -mark.weight,
            Who::Foreign => 0.0,
        })
        .sum();
    sum.clamp(-MESSAGE_MOST, MESSAGE_MOST)
}

#[cfg(test)]
mod tests;
