//! Worlds with known truth: one contact that is two people, and whose each child record really is.
//!
//! Written apart from the finder's tables, as far as one author can: see [`super::phrases`]. Noise on purpose: third
//! names, short replies, colleagues with names, both at one number, family with one surname, names that begin alike,
//! greetings by the wrong name, lower case, children that say nothing. What is simpler than life: times are
//! exact, every message says its direction nine times in ten, and nobody writes in two languages.

use std::collections::BTreeMap;

use cleave_core::contact::{Contact, Phone};
use cleave_core::field;
use cleave_core::separation::{
    Child, ChildKind, Conversation, Edit, MessageHead, NamePart, OptionalField, SeparationPlan, Subject,
    Target,
};
use rand::Rng;
use rand_chacha::ChaCha8Rng;

use super::phrases::{self, Tongue};

/// A subject with the truth about it.
pub struct World {
    pub subject: Subject,
    /// What the admin has said so far.
    pub plan: SeparationPlan,
    /// Whose each child is; shared conversations are not in it.
    pub truth: BTreeMap<(ChildKind, String), Target>,
    /// Children in which the world planted something that tells their person.
    pub telling: Vec<(ChildKind, String)>,
    /// Shared conversations with the message at the true cut.
    pub cuts: BTreeMap<String, String>,
}

const FIRSTS: [&str; 30] = [
    "Jane",
    "Janet",
    "Maria",
    "Marie",
    "Priya",
    "Chen",
    "Olga",
    "Fatima",
    "Lucia",
    "Hannah",
    "Grace",
    "Sofia",
    "Ingrid",
    "Aisha",
    "Zoë",
    "Renée",
    "Robert",
    "Roberta",
    "Liam",
    "Noah",
    "Mateo",
    "José",
    "Yusuf",
    "Kofi",
    "Björn",
    "Pavel",
    "Daniel",
    "Daniela",
    "Christopher",
    "Samuel",
];
const THIRDS: [&str; 8] = ["Walter", "Nadia", "Oscar", "Beatrix", "Hugo", "Wilma", "Igor", "Thea"];
const COLLEAGUES: [&str; 5] = ["Tom", "Anika", "Ruth", "Viktor", "Elena"];
const LASTS: [&str; 16] = [
    "Doe", "Miller", "García", "Nguyen", "Okafor", "Schmidt", "Lefèvre", "Rossi", "Khan", "Novak", "O'Brien",
    "Silva", "Larsen", "Park", "Dubois", "Haddad",
];

struct Person {
    first: &'static str,
    last: &'static str,
    phone: String,
    email: String,
    tongue: &'static Tongue,
    hour: i64,
    colleague: &'static str,
}

struct Maker<'r> {
    chance: &'r mut ChaCha8Rng,
    people: [Person; 2],
    world: World,
    next: usize,
}

/// The world of this stream of chance.
pub fn make(chance: &mut ChaCha8Rng) -> World {
    let people = two_people(chance);
    let subject = Subject { contact: contact(&people[0], &people[1], chance), ..Subject::default() };
    let plan = SeparationPlan::start(&subject);
    let world = World { subject, plan, truth: BTreeMap::new(), telling: Vec::new(), cuts: BTreeMap::new() };
    let mut maker = Maker { chance, people, world, next: 0 };
    let handover = 300 * DAY + maker.chance.random_range(0..200) * DAY;
    // In a third of the worlds both are in touch all the time.
    let apart = maker.chance.random_bool(0.66);
    for _ in 0..maker.chance.random_range(3..9) {
        let whose = maker.whose();
        maker.thread(whose, handover, apart);
    }
    for _ in 0..maker.chance.random_range(1..3) {
        maker.shared_thread(handover);
    }
    for _ in 0..maker.chance.random_range(4..14) {
        let whose = maker.whose();
        maker.record(whose, handover, apart);
    }
    maker.say();
    maker.world
}

const DAY: i64 = 86_400;
const START: i64 = 1_690_000_000;

fn two_people(chance: &mut ChaCha8Rng) -> [Person; 2] {
    let family = chance.random_bool(0.3);
    let last = pick(chance, &LASTS);
    let first = pick(chance, &FIRSTS);
    let mut other = pick(chance, &FIRSTS);
    while other == first {
        other = pick(chance, &FIRSTS);
    }
    let other_last = if family { last } else { pick(chance, &LASTS) };
    let tongue = tongue(chance);
    let other_tongue = if chance.random_bool(0.75) { tongue } else { self::tongue(chance) };
    let person = |first: &'static str, last: &'static str, tongue, chance: &mut ChaCha8Rng| Person {
        first,
        last,
        phone: format!("+1416{}{:06}", chance.random_range(2..10), chance.random_range(0..1_000_000)),
        email: match chance.random_range(0..3) {
            0 => format!("{}.{}@mail.test", plain(first), plain(last)),
            1 => format!("{}{}@post.test", plain(last), chance.random_range(10..99)),
            _ => format!("user{}@web.test", chance.random_range(1000..9999)),
        },
        tongue,
        hour: chance.random_range(7..20),
        colleague: pick(chance, &COLLEAGUES),
    };
    [person(first, last, tongue, chance), person(other, other_last, other_tongue, chance)]
}

fn plain(name: &str) -> String {
    cleave_core::normalise::name(name).replace(' ', "")
}

fn tongue(chance: &mut ChaCha8Rng) -> &'static Tongue {
    match chance.random_range(0..10) {
        0 => &phrases::GERMAN,
        1 => &phrases::FRENCH,
        2 => &phrases::SPANISH,
        _ => &phrases::ENGLISH,
    }
}

fn pick<T: Copy>(chance: &mut ChaCha8Rng, from: &[T]) -> T {
    from[chance.random_range(0..from.len())]
}

fn contact(original: &Person, new: &Person, chance: &mut ChaCha8Rng) -> Contact {
    let phone = |value: &str, is_primary| Phone { value: value.to_owned(), is_primary };
    let mut phones = vec![phone(&original.phone, true)];
    if chance.random_bool(0.5) {
        phones.push(phone(&new.phone, false));
    }
    let values = [
        (field::FIRST_NAME, original.first),
        (field::LAST_NAME, original.last),
        (field::EMAIL, &original.email),
    ];
    Contact {
        id: "contact".into(),
        phones,
        values: values.into_iter().map(|(path, value)| (path.into(), value.into())).collect(),
        ..Contact::default()
    }
}

fn side(whose: usize) -> Target {
    Target::BOTH[whose]
}

impl Maker<'_> {
    fn whose(&mut self) -> usize {
        usize::from(self.chance.random_bool(0.45))
    }

    fn id(&mut self, word: &str) -> String {
        self.next += 1;
        format!("{word}{}", self.next)
    }

    /// A time in the person's days and hours.
    fn moment(&mut self, whose: usize, handover: i64, apart: bool) -> i64 {
        let day = match (apart, whose) {
            (true, 0) => self.chance.random_range(0..handover / DAY),
            (true, _) => handover / DAY + self.chance.random_range(0..300),
            (false, _) => self.chance.random_range(0..700),
        };
        START + day * DAY + self.people[whose].hour * 3600 + self.chance.random_range(-5400..5400)
    }

    fn fill(&mut self, template: &str, whose: usize) -> String {
        let (me, other) = (&self.people[whose], &self.people[1 - whose]);
        let text = template.replace("{p}", me.first).replace("{l}", me.last).replace("{o}", other.first);
        let text = text.replace("{c}", me.colleague);
        let text = text.replace("{t}", pick(self.chance, &THIRDS));
        if self.chance.random_bool(0.06) { text.to_lowercase() } else { text }
    }

    /// One exchange; answers whether it tells whose it is.
    fn exchange(&mut self, whose: usize, at: &mut i64, into: &mut Vec<MessageHead>) -> bool {
        let tongue = self.people[whose].tongue;
        let opens = self.chance.random_bool(0.2);
        let signs = self.chance.random_bool(0.25);
        let greets = self.chance.random_bool(0.45);
        let mut ask = self.line(tongue.asks, whose);
        if opens {
            ask = format!("{} {ask}", self.line(tongue.openers, whose));
        }
        if signs {
            let closing = self.line(tongue.closings, whose);
            ask = format!("{ask}{}{closing}", if self.chance.random_bool(0.5) { "\n" } else { " " });
        }
        let mut answer = self.line(tongue.answers, whose);
        // Now and then the colleague greets by the wrong name, as the contact is filed under it.
        let greeted = if self.chance.random_bool(0.04) { 0 } else { whose };
        if greets {
            answer = format!("{} {answer}", self.line(tongue.greetings, greeted));
        }
        if self.chance.random_bool(0.2) {
            answer = format!("{answer} {}", self.people[whose].colleague);
        }
        self.message(ask, true, at, into);
        self.message(answer, false, at, into);
        if self.chance.random_bool(0.6) {
            let reply = self.line(tongue.replies, whose);
            self.message(reply, true, at, into);
        }
        opens || signs || (greets && greeted == whose)
    }

    fn line(&mut self, from: &[&'static str], whose: usize) -> String {
        let template = pick(self.chance, from);
        self.fill(template, whose)
    }

    fn message(&mut self, text: String, inbound: bool, at: &mut i64, into: &mut Vec<MessageHead>) {
        *at += self.chance.random_range(60..7200);
        let id = self.id("m");
        let created_at = time(*at);
        let inbound = self.chance.random_bool(0.9).then_some(inbound);
        into.push(MessageHead { id, created_at, inbound, text: Some(text) });
    }

    fn thread(&mut self, whose: usize, handover: i64, apart: bool) {
        let mut at = self.moment(whose, handover, apart);
        let mut messages = Vec::new();
        let mut tells = false;
        for _ in 0..self.chance.random_range(1..5) {
            tells |= self.exchange(whose, &mut at, &mut messages);
            at += self.chance.random_range(1..12) * DAY;
        }
        let person = &self.people[whose];
        // Three in four write from their own number or address, some from the other's phone.
        let (channel, point) = match self.chance.random_range(0..8) {
            0..3 => ("sms", Some(person.phone.clone())),
            3..5 => ("email", Some(person.email.clone())),
            5 => ("whatsapp", Some(self.people[1 - whose].phone.clone())),
            6 => ("sms", Some("+14165550000".to_owned())),
            _ => ("web_chat", None),
        };
        tells |= point.as_deref().is_some_and(|point| point == person.phone || point == person.email);
        let id = self.conversation(channel, point, messages);
        self.tell(ChildKind::Conversation, id, whose, tells);
    }

    fn tell(&mut self, kind: ChildKind, id: String, whose: usize, tells: bool) {
        if tells {
            self.world.telling.push((kind, id.clone()));
        }
        self.world.truth.insert((kind, id), side(whose));
    }

    fn conversation(&mut self, channel: &str, point: Option<String>, messages: Vec<MessageHead>) -> String {
        let id = self.id("conversation");
        let mut conversation = Conversation {
            id: id.clone(),
            channel_type: Some(channel.to_owned()),
            channel_identifier: point,
            ..Conversation::default()
        };
        conversation.read(messages);
        self.world.subject.conversations.push(conversation);
        id
    }

    /// First one, then the other, on one number.
    fn shared_thread(&mut self, handover: i64) {
        let first = self.whose();
        let mut at = START + handover - self.chance.random_range(20..250) * DAY;
        let mut messages = Vec::new();
        for _ in 0..self.chance.random_range(2..8) {
            self.exchange(first, &mut at, &mut messages);
            at += self.chance.random_range(1..15) * DAY;
        }
        at += match self.chance.random_range(0..10) {
            0 | 1 => self.chance.random_range(0..2) * DAY,
            2..6 => self.chance.random_range(5..40) * DAY,
            _ => self.chance.random_range(40..200) * DAY,
        };
        let second = 1 - first;
        if self.chance.random_bool(0.35) {
            let greeting = self.line(self.people[first].tongue.greetings, first);
            self.message(format!("{greeting} are you still interested?"), false, &mut at, &mut messages);
        }
        let cut = messages.len();
        if self.chance.random_bool(0.7) {
            let text = self.line(self.people[second].tongue.takeovers, second);
            self.message(text, true, &mut at, &mut messages);
        }
        for _ in 0..self.chance.random_range(2..7) {
            self.exchange(second, &mut at, &mut messages);
            at += self.chance.random_range(1..15) * DAY;
        }
        let cut = messages[cut].id.clone();
        let phone = self.people[first].phone.clone();
        let id = self.conversation("sms", Some(phone), messages);
        self.world.cuts.insert(id, cut);
    }

    fn record(&mut self, whose: usize, handover: i64, apart: bool) {
        let at = time(self.moment(whose, handover, apart));
        let (kind, word) = match self.chance.random_range(0..8) {
            0..4 => (ChildKind::Note, "note"),
            4 | 5 => (ChildKind::Reminder, "reminder"),
            6 => (ChildKind::Application, "application"),
            _ => (ChildKind::TrainingSnapshot, "snapshot"),
        };
        let id = self.id(word);
        let mut facts = BTreeMap::new();
        let tells = self.chance.random_bool(0.6);
        let text = match kind {
            ChildKind::Note if tells => self.line(&phrases::NAMED_NOTES, whose),
            ChildKind::Note => self.line(&phrases::PLAIN_NOTES, whose),
            ChildKind::Reminder => {
                self.line(if tells { &phrases::TASKS[..2] } else { &phrases::TASKS[2..] }, whose)
            }
            _ => pick(self.chance, &phrases::FORMS).to_owned(),
        };
        let person = &self.people[whose];
        match kind {
            ChildKind::Note => {
                facts.insert("userId".to_owned(), format!("user-{}", person.colleague));
            }
            ChildKind::Reminder => {}
            _ => {
                let full = format!("{} {}", person.first, person.last);
                let (key, value) = match self.chance.random_range(0..3) {
                    0 => ("customerName", full),
                    1 => ("customerPhone", person.phone.clone()),
                    _ => ("customerEmail", person.email.clone()),
                };
                if tells {
                    facts.insert(key.to_owned(), value);
                }
            }
        }
        let child = Child { id: id.clone(), kind, title: String::new(), detail: text, at, facts };
        let subject = &mut self.world.subject;
        match kind {
            ChildKind::Conversation => {}
            ChildKind::Application => subject.applications.push(child),
            ChildKind::Note => subject.notes.push(child),
            ChildKind::Reminder => subject.reminders.push(child),
            ChildKind::TrainingSnapshot => subject.training_snapshots.push(child),
        }
        self.tell(kind, id, whose, tells);
    }

    /// What the admin has said of the new person: nothing, the first name, all of it, or only the number.
    fn say(&mut self) {
        let new = &self.people[1];
        let name = |part, value: &str| Edit::Name { part, side: Target::New, value: value.to_owned() };
        let value =
            |field, value: &str| Edit::Value { field, side: Target::New, value: Some(value.to_owned()) };
        let edits = match self.chance.random_range(0..5) {
            0 => vec![],
            1 => vec![name(NamePart::First, new.first)],
            2 => vec![value(OptionalField::PhoneNumber, &new.phone)],
            _ => vec![
                name(NamePart::First, new.first),
                name(NamePart::Last, new.last),
                value(OptionalField::PhoneNumber, &new.phone),
                value(OptionalField::Email, &new.email),
            ],
        };
        let said = self.world.plan.apply(Edit::Batch { edits });
        assert!(said.is_ok(), "edits of fields are never refused");
    }
}

fn time(at: i64) -> Option<String> {
    jiff::Timestamp::from_second(at).ok().map(|at| at.to_string())
}
