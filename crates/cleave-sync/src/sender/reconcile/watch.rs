//! How long an entry whose outcome is unknown is watched, and what its readings come to.

use std::time::Duration;

use cleave_core::outbox::Event;

use crate::backoff;
use crate::sender::SenderSettings;

/// The longest time between two readings while the outcome is unknown.
const LONGEST_GAP: Duration = Duration::from_secs(60);

/// Readings in a row after the quarantine that failed for this entry alone, after which a person is asked.
const MOST_FAILED: u32 = 10;

/// Readings after the quarantine that saw something else than the one before, after which a person is asked.
const MOST_CONTRADICTIONS: u32 = 20;

/// An entry whose outcome is unknown. All times are on the monotonic clock of this process: after a restart the
/// quarantine starts anew.
pub(in crate::sender) struct Watch {
    since: Duration,
    next: Duration,
    reads: u32,
    /// The first reading after the quarantine that showed nothing, and what it showed.
    nothing: Option<(Duration, Event, String)>,
    /// Readings after the quarantine that did not agree with the one before.
    contradictions: u32,
    /// Readings after the quarantine that failed, in a row.
    failed: u32,
}

/// What a reading that shows nothing comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// Nothing yet.
    NotYet,
    /// Two readings after the quarantine agree.
    Agreed,
    /// The server shows something else every time.
    Contradictory,
}

impl Watch {
    pub(super) fn new(now: Duration) -> Watch {
        Watch { since: now, next: now, reads: 0, nothing: None, contradictions: 0, failed: 0 }
    }

    pub(in crate::sender) fn next_read(&self) -> Duration {
        self.next
    }

    pub(super) fn is_in_quarantine(&self, now: Duration, settings: &SenderSettings) -> bool {
        now < self.since + settings.quarantine
    }

    pub(in crate::sender) fn read_soon(&mut self) {
        self.next = Duration::ZERO;
    }

    /// Takes note of a reading that showed nothing, and of what it saw. Answers whether that is proof.
    pub(super) fn shows_nothing(
        &mut self,
        event: Event,
        seen: &str,
        now: Duration,
        settings: &SenderSettings,
    ) -> Shown {
        self.reads += 1;
        self.failed = 0;
        let quarantine_ends = self.since + settings.quarantine;
        if self.is_in_quarantine(now, settings) {
            let gap = backoff::pause(self.reads, 1.0, None).min(LONGEST_GAP);
            self.next = (now + gap).min(quarantine_ends);
            return Shown::NotYet;
        }
        if let Some((first, earlier, saw)) = &self.nothing
            && (*earlier, saw.as_str()) == (event, seen)
        {
            self.next = *first + settings.agreement;
            return if now >= self.next { Shown::Agreed } else { Shown::NotYet };
        }
        self.contradictions += u32::from(self.nothing.is_some());
        self.nothing = Some((now, event, seen.to_owned()));
        self.next = now + settings.agreement;
        if self.contradictions < MOST_CONTRADICTIONS { Shown::NotYet } else { Shown::Contradictory }
    }

    /// A reading that did not work agrees with nothing. Answers whether so many failed for this entry alone (`of_this`)
    /// that no more are made.
    pub(super) fn failed(
        &mut self,
        now: Duration,
        pause: Duration,
        of_this: bool,
        settings: &SenderSettings,
    ) -> bool {
        self.reads += 1;
        // Rarer with every reading, however often the entry itself failed before it was sent.
        let gap = backoff::pause(self.reads, 1.0, None).min(LONGEST_GAP);
        self.next = now + pause.max(gap);
        if of_this && now >= self.since + settings.quarantine {
            self.failed += 1;
        }
        self.failed >= MOST_FAILED
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cleave_core::outbox::Hold;

    const NOTHING: Event = Event::Unsent(Hold::None);

    fn settings() -> SenderSettings {
        SenderSettings { jitter: || 1.0, ..SenderSettings::default() }
    }

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn nothing_counts_before_the_quarantine_and_two_readings_must_agree() {
        let mut watch = Watch::new(at(1000));
        for second in [1000, 1010, 1359] {
            assert_eq!(watch.shows_nothing(NOTHING, "", at(second), &settings()), Shown::NotYet, "{second}");
        }
        assert_eq!(
            watch.shows_nothing(NOTHING, "", at(1360), &settings()),
            Shown::NotYet,
            "the first after the quarantine"
        );
        assert_eq!(watch.shows_nothing(NOTHING, "", at(1389), &settings()), Shown::NotYet, "too soon");
        assert_eq!(watch.shows_nothing(NOTHING, "", at(1390), &settings()), Shown::Agreed);
    }

    #[test]
    fn readings_that_disagree_start_over() {
        let mut watch = Watch::new(at(0));
        assert_eq!(watch.shows_nothing(NOTHING, "", at(400), &settings()), Shown::NotYet);
        assert_eq!(watch.shows_nothing(Event::Missing, "", at(440), &settings()), Shown::NotYet);
        assert_eq!(watch.shows_nothing(NOTHING, "", at(480), &settings()), Shown::NotYet);
        assert_eq!(watch.shows_nothing(NOTHING, "", at(510), &settings()), Shown::Agreed);
    }

    #[test]
    fn readings_become_rarer_and_one_falls_on_the_end_of_the_quarantine() {
        let mut watch = Watch::new(at(0));
        let (mut now, mut reads) = (at(0), 0);
        while now < at(360) {
            assert_eq!(watch.shows_nothing(NOTHING, "", now, &settings()), Shown::NotYet);
            assert!(watch.next_read() > now);
            (now, reads) = (watch.next_read(), reads + 1);
        }
        assert_eq!(now, at(360));
        assert!(reads < 15, "{reads}");
    }

    #[test]
    fn two_readings_that_saw_something_else_do_not_agree() {
        let mut watch = Watch::new(at(0));
        assert_eq!(watch.shows_nothing(Event::Missing, "1 of 2", at(400), &settings()), Shown::NotYet);
        assert_eq!(watch.shows_nothing(Event::Missing, "2 of 2", at(440), &settings()), Shown::NotYet);
        assert_eq!(watch.shows_nothing(Event::Missing, "2 of 2", at(480), &settings()), Shown::Agreed);
    }

    #[test]
    fn a_server_that_never_shows_the_same_twice_or_never_answers_ends_before_a_person() {
        let mut watch = Watch::new(at(0));
        let (mut now, mut shown, mut reads) = (at(360), Shown::NotYet, 0);
        while shown == Shown::NotYet {
            shown = watch.shows_nothing(NOTHING, &reads.to_string(), now, &settings());
            (now, reads) = (now + at(40), reads + 1);
        }
        assert_eq!((shown, reads), (Shown::Contradictory, MOST_CONTRADICTIONS + 1));

        let mut watch = Watch::new(at(0));
        let fails =
            |watch: &mut Watch, second, of_this| watch.failed(at(second), at(1), of_this, &settings());
        for second in 0..MOST_FAILED {
            assert!(!fails(&mut watch, u64::from(second), true), "within the quarantine");
        }
        for second in 0..100 {
            assert!(!fails(&mut watch, 400 + second, false), "the network is away");
        }
        for second in 1..MOST_FAILED {
            assert!(!fails(&mut watch, 500 + u64::from(second), true));
        }
        assert!(fails(&mut watch, 600, true));
    }
}
