//! What a screen reader is told: a listener on the accessibility bus of a desk, in the place of Orca.
//!
//! Counted as spoken is what Orca would read out: an announcement, and what is added inside a live region.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use zbus::blocking::connection::Builder;
use zbus::blocking::{Connection, MessageIterator, Proxy};
use zbus::message::Type;
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};
use zbus::{MatchRule, Message};

use crate::desk::Desk;

/// How many events may wait to be read.
const BACKLOG: usize = 4096;
/// How often we look.
const PACE: Duration = Duration::from_millis(25);
/// The interface that all objects of the tree have.
const ACCESSIBLE: &str = "org.a11y.atspi.Accessible";

/// Where an object of the tree lives: the name of its program on the bus, and its path.
type Reference = (String, OwnedObjectPath);

/// What the listener wrote down, oldest first.
#[derive(Default)]
struct Notes {
    spoken: Vec<String>,
    focused: Vec<String>,
    /// How much of `spoken` a test has already asked for.
    passed: usize,
}

/// A screen reader that only takes notes.
pub struct ScreenReader {
    notes: Arc<Mutex<Notes>>,
    patience: Duration,
}

impl ScreenReader {
    /// Starts to listen, and finds the page of the app as a screen reader does when it starts.
    pub fn start(desk: &Desk) -> Self {
        let session = connect(desk.bus_address());
        let status =
            Proxy::new(&session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Status").expect("a proxy");
        for property in ["IsEnabled", "ScreenReaderEnabled"] {
            status.set_property(property, true).expect("a screen reader is said to run");
        }
        let bus = Proxy::new(&session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus").expect("a proxy");
        let address: String = bus.call("GetAddress", &()).expect("the accessibility bus");
        let connection = connect(&address);
        let registry = Proxy::new(
            &connection,
            "org.a11y.atspi.Registry",
            "/org/a11y/atspi/registry",
            "org.a11y.atspi.Registry",
        )
        .expect("a proxy");
        registry.call::<_, _, ()>("RegisterEvent", &("object:")).expect("the registry takes a listener");

        let rule = MatchRule::builder()
            .msg_type(Type::Signal)
            .interface("org.a11y.atspi.Event.Object")
            .expect("a name of an interface")
            .build();
        let events =
            MessageIterator::for_match_rule(rule, &connection, Some(BACKLOG)).expect("events of the bus");
        let reader = Self { notes: Arc::default(), patience: desk.options().patience };
        let notes = Arc::clone(&reader.notes);
        let asking = connection.clone();
        // Ends with the bus.
        std::thread::spawn(move || {
            for event in events.flatten() {
                note(&asking, &event, &notes);
            }
        });
        reader.find_page(&connection);
        reader
    }

    /// Waits until something is spoken that holds all of `parts`, after what was heard before, and answers it.
    pub async fn hears(&self, parts: &[&str]) -> String {
        self.wait(&format!("{parts:?} to be spoken"), |notes| {
            let spoken = &notes.spoken[notes.passed..];
            let index = spoken.iter().position(|text| holds(text, parts))?;
            let text = spoken[index].clone();
            notes.passed += index + 1;
            Some(text)
        })
        .await
    }

    /// Waits until the focus is on something whose role or name holds all of `parts`.
    pub async fn focuses(&self, parts: &[&str]) -> String {
        self.wait(&format!("{parts:?} to have the focus"), |notes| {
            notes.focused.last().filter(|text| holds(text, parts)).cloned()
        })
        .await
    }

    async fn wait<T>(&self, what: &str, look: impl Fn(&mut Notes) -> Option<T>) -> T {
        let start = Instant::now();
        loop {
            {
                let mut notes = self.notes.lock().expect("the notes");
                if let Some(found) = look(&mut notes) {
                    return found;
                }
                assert!(
                    start.elapsed() < self.patience,
                    "waited in vain for {what}; spoken, {} of them heard before: {:#?}; focused: {:#?}",
                    notes.passed,
                    notes.spoken,
                    notes.focused
                );
            }
            tokio::time::sleep(PACE).await;
        }
    }

    /// Looks at everything from the desktop down to the last word of the page: WebKit does not tell about what
    /// nobody has looked at.
    fn find_page(&self, connection: &Connection) {
        let start = Instant::now();
        let desktop = OwnedObjectPath::try_from("/org/a11y/atspi/accessible/root").expect("a path");
        let desktop = ("org.a11y.atspi.Registry".to_owned(), desktop);
        while !has_page(connection, &desktop) {
            assert!(start.elapsed() < self.patience, "no page among what can be accessed");
            std::thread::sleep(PACE);
        }
    }
}

fn connect(address: &str) -> Connection {
    Builder::address(address).and_then(Builder::build).expect("a connection to a bus")
}

fn holds(text: &str, parts: &[&str]) -> bool {
    parts.iter().all(|part| text.to_lowercase().contains(&part.to_lowercase()))
}

/// Looks at an object and at everything in it; answers whether a page was among it.
fn has_page(connection: &Connection, object: &Reference) -> bool {
    let page = attributes(connection, object).get("toolkit").is_some_and(|toolkit| toolkit == "WebKitGTK");
    let count: i32 = proxy(connection, object, ACCESSIBLE)
        .and_then(|proxy| proxy.get_property("ChildCount").ok())
        .unwrap_or_default();
    // One by one, because the web view answers its list of children with nothing.
    let children =
        (0..count).filter_map(|index| ask(connection, object, ACCESSIBLE, "GetChildAtIndex", &(index,)));
    children.fold(page, |page, child: Reference| has_page(connection, &child) | page)
}

/// Writes down what an event means, if it means anything to a listener.
fn note(connection: &Connection, event: &Message, notes: &Mutex<Notes>) -> Option<()> {
    let header = event.header();
    let body = event.body();
    let (kind, detail, data) =
        match body.deserialize::<(String, i32, i32, OwnedValue, HashMap<String, OwnedValue>)>() {
            Ok((kind, detail, _, data, _)) => (kind, detail, data),
            // As older programs send it.
            Err(_) => {
                let (kind, detail, _, data, _) =
                    body.deserialize::<(String, i32, i32, OwnedValue, Reference)>().ok()?;
                (kind, detail, data)
            }
        };
    let source: Reference = (header.sender()?.to_string(), header.path()?.to_owned().into());
    match (header.member()?.as_str(), kind.as_str()) {
        ("Announcement", _) => {
            let Value::Str(text) = &*data else { return None };
            notes.lock().ok()?.spoken.push(text.to_string());
        }
        ("ChildrenChanged", "add") => {
            let child = Reference::try_from(data).ok()?;
            if is_live(&attributes(connection, &child)) {
                let text = words(connection, &child);
                notes.lock().ok()?.spoken.push(text);
            }
        }
        ("TextChanged", "insert") => {
            let Value::Str(text) = &*data else { return None };
            if is_live(&attributes(connection, &source)) {
                notes.lock().ok()?.spoken.push(text.to_string());
            }
        }
        ("StateChanged", "focused") if detail == 1 => {
            let role = attributes(connection, &source).remove("computed-role").unwrap_or_default();
            let name = property(connection, &source, "Name");
            let description = property(connection, &source, "Description");
            notes.lock().ok()?.focused.push(format!("{role}: {name} {description}"));
        }
        _ => {}
    }
    Some(())
}

/// Whether an object lies in a live region that is on.
fn is_live(attributes: &HashMap<String, String>) -> bool {
    attributes.get("container-live").is_some_and(|live| live == "polite" || live == "assertive")
}

/// The text of an object, or else its name.
fn words(connection: &Connection, object: &Reference) -> String {
    let text: Option<String> = ask(connection, object, "org.a11y.atspi.Text", "GetText", &(0_i32, -1_i32));
    text.filter(|text| !text.is_empty()).unwrap_or_else(|| property(connection, object, "Name"))
}

fn attributes(connection: &Connection, object: &Reference) -> HashMap<String, String> {
    ask(connection, object, ACCESSIBLE, "GetAttributes", &()).unwrap_or_default()
}

fn property(connection: &Connection, object: &Reference, name: &str) -> String {
    proxy(connection, object, ACCESSIBLE).and_then(|proxy| proxy.get_property(name).ok()).unwrap_or_default()
}

fn ask<B, T>(
    connection: &Connection,
    object: &Reference,
    interface: &str,
    method: &str,
    body: &B,
) -> Option<T>
where
    B: serde::Serialize + zbus::zvariant::DynamicType,
    T: for<'d> zbus::zvariant::DynamicDeserialize<'d>,
{
    // An object that is gone by now has nothing to say.
    proxy(connection, object, interface)?.call(method, body).ok()
}

fn proxy<'a>(connection: &Connection, object: &'a Reference, interface: &'a str) -> Option<Proxy<'a>> {
    zbus::blocking::proxy::Builder::new(connection)
        .destination(object.0.as_str())
        .ok()?
        .path(object.1.as_ref())
        .ok()?
        .interface(interface)
        .ok()?
        .cache_properties(zbus::proxy::CacheProperties::No)
        .build()
        .ok()
}
