//! What goes wrong with a request. It follows from the seed, from what is asked, and from how often that was asked
//! before, so that it does not matter which of two requests that are made at once arrives first.

use std::collections::HashSet;
use std::time::Duration;

use serde_json::json;

use super::http::Reply;
use super::world::Answer;
use crate::dice::Dice;

/// How much goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weather {
    /// Nothing.
    Fair,
    /// Once a decision at most.
    Gusts,
    /// Again and again.
    Storm,
    /// The first request of each decision arrives just before it would be too late, and readings are often behind.
    Fog,
}

/// What happens to a request.
pub enum Struck {
    /// It is not carried out, and answered like this.
    Instead(Reply),
    /// It is carried out, and answered like this.
    After(Reply),
    /// It is carried out, and only so much of its answer arrives.
    Cut(u32),
    /// It is answered like this, and carried out after that time at the latest; perhaps just before the subject is read
    /// for the n-th time from now.
    Late { after: Duration, before: Option<u32>, reply: Reply },
    /// A replica answers that is so far behind.
    Stale(Duration),
}

pub struct Faults {
    pub seed: u64,
    pub weather: Weather,
    /// A request arrives before that, or never.
    pub quarantine: Duration,
    /// Decisions that had their one fault.
    had: HashSet<String>,
}

/// The farthest that a replica is behind, in seconds: less than two readings that have to agree are apart.
const LONGEST_LAG: u32 = 20;

impl Faults {
    pub fn new(seed: u64, weather: Weather, quarantine: Duration) -> Faults {
        Faults { seed, weather, quarantine, had: HashSet::new() }
    }

    pub fn of_change(&mut self, key: &str, nth: u32, op_id: Option<&str>) -> Option<Struck> {
        let mut dice = Dice::of(self.seed, (key, nth));
        let strikes = match self.weather {
            Weather::Fair => false,
            Weather::Gusts => {
                let first = op_id.is_some_and(|op_id| self.had.insert(op_id.to_owned()));
                first && dice.chance(90)
            }
            Weather::Storm => dice.chance(60),
            Weather::Fog => {
                let first = op_id.is_some_and(|op_id| self.had.insert(op_id.to_owned()));
                let most = u32::try_from(self.quarantine.as_secs()).unwrap_or(u32::MAX).saturating_sub(1);
                let after = Duration::from_secs(dice.between(most.saturating_sub(8), most).into());
                return first.then_some(Struck::Late { after, before: None, reply: Reply::Close });
            }
        };
        if !strikes {
            return None;
        }
        let late = |dice: &mut Dice, reply| {
            let most = u32::try_from(self.quarantine.as_secs()).unwrap_or(u32::MAX).saturating_sub(1);
            // Often just before it would be too late.
            let first = if dice.chance(50) { most.saturating_sub(15) } else { 0 };
            let after = Duration::from_secs(dice.between(first, most).into());
            let before = dice.chance(50).then(|| dice.between(1, 6));
            Struck::Late { after, before, reply }
        };
        let storm = self.weather == Weather::Storm;
        Some(match dice.below(20) {
            0 | 1 => Struck::Instead(Reply::Close),
            2 | 3 => Struck::After(Reply::Close),
            4..=6 => late(&mut dice, Reply::Close),
            7 => Struck::Cut(dice.below(100)),
            8 => Struck::Instead(broken(&mut dice)),
            9 => Struck::After(broken(&mut dice)),
            10 => {
                let reply = broken(&mut dice);
                late(&mut dice, reply)
            }
            11 => Struck::Instead(unbelievable(&mut dice)),
            12 => Struck::After(unbelievable(&mut dice)),
            13 => Struck::Instead(slow_down(&mut dice)),
            14 => Struck::Instead(Reply::of(&Answer::refused(401, "Token expired"))),
            15 => Struck::Instead(elsewhere(&mut dice, &[301, 307, 308, 511, 407])),
            16 => Struck::After(elsewhere(&mut dice, &[302, 303, 511])),
            17 => Struck::Instead(Reply::Crash),
            18 => Struck::After(Reply::Crash),
            _ if storm => late(&mut dice, Reply::Crash),
            _ => Struck::Cut(dice.below(100)),
        })
    }

    /// `now` stands for the moment: a replica that is behind stays behind for that long.
    /// `turn` stands for the step in which it is asked: of what is asked at once, no count is the same twice.
    pub fn of_reading(&self, key: &str, turn: u32, now: Duration) -> Option<Struck> {
        let often = match self.weather {
            Weather::Storm => 30,
            Weather::Fog => 60,
            Weather::Fair | Weather::Gusts => return None,
        };
        let mut moment = Dice::of(self.seed, ("replica", now));
        if moment.chance(often) {
            return Some(Struck::Stale(Duration::from_secs(moment.between(1, LONGEST_LAG).into())));
        }
        let mut dice = Dice::of(self.seed, (key, turn));
        if self.weather == Weather::Fog || !dice.chance(8) {
            return None;
        }
        // Of several that are asked at once, whichever fails first tells the same.
        let mut dice = Dice::of(self.seed, ("reading", turn));
        Some(match dice.below(8) {
            0 => Struck::Instead(Reply::Close),
            1 => Struck::Cut(dice.below(100)),
            2 => Struck::Instead(broken(&mut dice)),
            3 => Struck::Instead(unbelievable(&mut dice)),
            4 => Struck::Instead(slow_down(&mut dice)),
            5 => Struck::Instead(Reply::of(&Answer::refused(401, "Token expired"))),
            6 => Struck::Instead(elsewhere(&mut dice, &[302, 511])),
            // Not where others are asked at once, of which some may have been answered already.
            _ if key.contains("dedup-reviews") || key.contains("phoneNumber") || key.contains("search=") => {
                Struck::Instead(Reply::Crash)
            }
            _ => Struck::Instead(Reply::Close),
        })
    }
}

const PAGE: &str = "<!doctype html><title>Welcome to the hotel</title>";

fn broken(dice: &mut Dice) -> Reply {
    let status = dice.pick(&[500, 502, 503, 504, 408]);
    if dice.chance(50) {
        Reply::page(status, PAGE)
    } else {
        Reply::of(&Answer::refused(status, "Something broke"))
    }
}

fn unbelievable(dice: &mut Dice) -> Reply {
    match dice.below(3) {
        0 => Reply::page(200, PAGE),
        1 => Reply::of(&Answer { status: 200, body: json!({"success": false, "message": "no"}) }),
        _ => Reply::of(&Answer { status: 200, body: json!([]) }),
    }
}

fn slow_down(dice: &mut Dice) -> Reply {
    let status = dice.pick(&[429, 503]);
    let mut reply = Reply::of(&Answer::refused(status, "Slow down"));
    if let Reply::Whole { retry_after, .. } = &mut reply {
        *retry_after = Some(dice.between(1, 120));
    }
    reply
}

fn elsewhere(dice: &mut Dice, among: &[u16]) -> Reply {
    Reply::page(dice.pick(among), PAGE)
}
