//! Finding out what became of a request: what shows that it happened counts at once, or after the quarantine where the
//! server would not refuse another request, and everything else only after the quarantine and two readings that agree.

use cleave_core::outbox::{Event, Hold};

use super::super::protocol::{Move, Naive, Pair};
use super::super::world::{Shows, Subject, Watch, World};
use super::{Next, number};

impl Next<'_> {
    pub(super) fn reconcile(&mut self, at: usize, entry: usize, watch: Watch) {
        let mut world = *self.from;
        if watch != Watch::Quarantine {
            // Nobody can say more than that a person has to look.
            world.disk[entry].said_nothing = false;
            world.set_watch(at, entry, self.start_of_watch());
            world.take(entry, Event::Missing, Some(at));
            self.put(Move::ReadsInVain(number(entry)), world);
        } else if self.from.on_its_way(entry) == 0 || self.protocol.setup.late_beyond {
            // This is the bound: what has not arrived by now never does.
            world.set_watch(at, entry, Watch::Over);
            self.put(Move::QuarantineEnds(number(entry)), world);
        }
        for (subject, stale) in self.shown(entry) {
            let event = self.says(entry, subject);
            let mut world = *self.from;
            if self.counts_at_once(entry, event, watch) {
                world.take(entry, event, Some(at));
                self.cascade(&mut world, entry, event);
            } else {
                self.shows_nothing(&mut world, (at, entry, watch), (event, subject.shows));
            }
            if world != *self.from {
                let taken = if stale { Move::ReadsStale } else { Move::Reads };
                self.put(taken(number(entry)), world);
            }
        }
    }

    fn says(&self, entry: usize, subject: Subject) -> Event {
        let untouched = self.protocol.setup.kinds[entry].is_unguarded() && subject.shows == Shows::Before;
        let resends = self.protocol.is(Naive::ResendUnguarded) || self.protocol.is(Naive::ReadOnceAtOnce);
        if untouched && resends {
            return Event::Unsent(Hold::None);
        }
        self.protocol.readings[entry].after(subject)
    }

    /// Positive evidence, where no further request can do it again, and a resolution: no review is resolved twice.
    fn counts_at_once(&self, entry: usize, event: Event, watch: Watch) -> bool {
        match event {
            Event::Confirmed if self.protocol.readings[entry].proof_waits => watch != Watch::Quarantine,
            Event::Confirmed | Event::AlreadySo => true,
            Event::Changed if self.protocol.setup.kinds[entry].is_about_review() => true,
            Event::Changed | Event::Missing => self.protocol.is(Naive::HalfAtOnce),
            _ => false,
        }
    }

    /// What a reading says, and what it saw: two agree only in both.
    fn shows_nothing(
        &self,
        world: &mut World,
        (at, entry, watch): (usize, usize, Watch),
        (event, shows): (Event, Shows),
    ) {
        let one_is_enough = self.protocol.is(Naive::OneReading) || self.protocol.is(Naive::ReadOnceAtOnce);
        let agreed = match watch {
            Watch::Quarantine => return,
            Watch::Over => one_is_enough,
            Watch::Once(said, saw) => (said, saw) == (event, shows),
        };
        if !agreed {
            world.set_watch(at, entry, Watch::Once(event, shows));
            // The next reading is so much later that it shows at least what is there now.
            match self.protocol.setup.pair {
                _ if self.protocol.setup.stale_beyond => {}
                Pair::SameSubject => world.replica = world.server,
                Pair::SharedContact => world.replica[entry] = world.server[entry],
            }
            return;
        }
        world.set_watch(at, entry, self.start_of_watch());
        let unsent = matches!(event, Event::Unsent(_));
        let untouched = self.protocol.setup.kinds[entry].is_separation() && shows == Shows::Before;
        world.disk[entry].said_nothing = unsent || untouched;
        let asks = unsent && world.disk[entry].attempts >= self.protocol.setup.most_attempts;
        world.take(entry, if asks { Event::Missing } else { event }, Some(at));
    }
}
