//! The fields that `--help` lists, held against what the commands print: no field more, none less, of that type.

use std::collections::{BTreeMap, BTreeSet};

use cleave_app::ipc::{AccountView, QueueRow, ReviewView, SideName};
use serde_json::{Value, json};

use crate::desk::{Desk, finish};
use crate::served::Served;

/// The shapes in the help of one command.
pub struct Shapes {
    root: String,
    /// Name → field → type.
    pub types: BTreeMap<String, BTreeMap<String, String>>,
    /// Fields, as `Name.field`, that were seen with a value.
    met: BTreeSet<String>,
}

impl Shapes {
    pub fn of(desk: &Desk, command: &[&str]) -> Shapes {
        let help = finish(&mut desk.bare(&[command, &["--help"]].concat())).stdout;
        assert!(help.contains("Exit codes:\n  0  done"), "{command:?}: {help}");
        let (_, text) = help.split_once("JSON: ").unwrap();
        let (text, _) = text.split_once("Exit codes:").unwrap();
        let (root, text) = text.split_once('\n').unwrap();
        let mut types: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        let mut name = String::new();
        for line in text.lines().map(str::trim) {
            if let Some(begun) = line.strip_suffix(" {") {
                name = begun.to_owned();
                types.insert(name.clone(), BTreeMap::new());
            } else if let Some((field, of)) = line.split_once(": ") {
                types.get_mut(&name).unwrap().insert(field.to_owned(), of.to_owned());
            }
        }
        assert!(!types.is_empty(), "{command:?} lists no fields");
        Shapes { root: root.to_owned(), types, met: BTreeSet::new() }
    }

    /// Holds a document of the command against its shape.
    pub fn hold(&mut self, document: &str) {
        let value: Value = serde_json::from_str(document).unwrap_or_else(|_| panic!("no JSON: {document}"));
        self.is(&self.root.clone(), &value, "");
    }

    fn is(&mut self, of: &str, value: &Value, at: &str) {
        if let Some(of) = of.strip_suffix('?') {
            if !value.is_null() {
                self.is(of, value, at);
            }
            return;
        }
        if let Some(of) = of.strip_prefix('[').and_then(|of| of.strip_suffix(']')) {
            let items = value.as_array().unwrap_or_else(|| panic!("{at} is no list"));
            return items.iter().for_each(|item| self.is(of, item, at));
        }
        match of.trim_matches(['(', ')']) {
            "json" => {}
            "null" => assert!(value.is_null(), "{at} is something: {value}"),
            "text" => assert!(value.is_string(), "{at} is no text: {value}"),
            "number" => assert!(value.is_number(), "{at} is no number: {value}"),
            "bool" => assert!(value.is_boolean(), "{at} is no bool: {value}"),
            words if words.contains(" | ") => {
                let word = value.as_str().unwrap_or_default();
                assert!(words.split(" | ").any(|known| known == word), "{at} is {value}, not one of {words}");
            }
            name => self.object(name, value),
        }
    }

    fn object(&mut self, name: &str, value: &Value) {
        let fields = self.types.get(name).unwrap_or_else(|| panic!("{name} is not explained")).clone();
        let object = value.as_object().unwrap_or_else(|| panic!("no {name}: {value}"));
        for key in object.keys() {
            assert!(
                fields.contains_key(key) || fields.contains_key(&format!("{key}?")),
                "{name}.{key} is new"
            );
        }
        for (field, of) in &fields {
            let key = field.trim_end_matches('?');
            match object.get(key) {
                Some(value) => {
                    if !value.is_null() {
                        self.met.insert(format!("{name}.{key}"));
                    }
                    self.is(of, value, &format!("{name}.{key}"));
                }
                None => assert!(field.ends_with('?'), "{name}.{key} is not printed: {value}"),
            }
        }
    }

    /// Types of which no document had an instance, but for these.
    pub fn unmet_but(&self, these: &[&str]) -> Vec<&str> {
        let met = |name: &str| self.met.iter().any(|field| field.starts_with(&format!("{name}.")));
        self.types.keys().map(String::as_str).filter(|name| !met(name) && !these.contains(name)).collect()
    }

    /// The same for what is not about separations, which have a receipt, and where nothing waits for something else.
    fn unmet(&self) -> Vec<&str> {
        self.unmet_but(&["ReceiptView", "ReceiptRow", "EntryLink"])
    }
}

#[test]
fn help_lists_the_fields_that_are_printed() {
    let desk = Desk::new();
    let shapes = |command: &[&str]| Shapes::of(&desk, command);
    // Every document that the commands print on the way through the job.
    let print = |shapes: &mut Shapes, args: &[&str], code: i32| {
        let done = desk.run(&[args, &["--json"]].concat());
        assert_eq!(done.code, code, "{args:?}: {}{}", done.stdout, done.stderr);
        shapes.hold(&done.stdout);
    };
    let mut connect = shapes(&["connect"]);
    connect.hold(&desk.connect("home").stdout);
    let mut queue = shapes(&["queue"]);
    print(&mut queue, &["queue", "--limit", "500"], 0);
    let mut sync = shapes(&["sync"]);
    let mut decide = shapes(&["decide"]);
    let mut review = shapes(&["review"]);
    let some = |filter: &str| desk.queue(&["--limit", "20", "--filter", filter]).rows;
    let rows = [some("phone-conflicts"), some("fuzzy-matches")].concat();
    for row in &rows {
        if review.unmet().is_empty() && !decide.unmet().iter().any(|name| review.types.contains_key(*name)) {
            break;
        }
        print(&mut review, &["review", &row.review_id], 0);
        print(&mut decide, &["decide", &row.review_id, "merge", "--dry-run"], 0);
    }
    // What somebody else decides the other way comes back as a row that needs a person.
    let contradicted = |row: &QueueRow| {
        assert_eq!(desk.run(&["decide", &row.review_id, "merge", "--queue-only"]).code, 0);
        desk.resolve(&row.review_id, "keep-separate");
    };
    let (first, second) = (&rows[0].review_id, &rows[1].review_id);
    contradicted(&rows[2]);
    // What is decided and not settled comes with what was picked.
    let shown: ReviewView = desk.run(&["review", first, "--json"]).json(0);
    let field = shown.preview.fields.iter().find(|field| field.choosable).unwrap();
    let other = match field.choice {
        SideName::Source => "candidate",
        SideName::Candidate => "source",
    };
    let choices = json!({ field.path.as_str(): other }).to_string();
    print(&mut decide, &["decide", first, "merge", "--choices", &choices, "--queue-only"], 0);
    print(&mut review, &["review", first], 0);
    print(&mut decide, &["decide", first, "keep-separate"], 0);
    print(&mut review, &["review", first], 0);
    contradicted(&rows[3]);
    let op = "01939c2e-0000-7000-8000-000000000003";
    print(
        &mut decide,
        &["decide", second, "keep-separate", "--note", "Twins", "--queue-only", "--op-id", op],
        0,
    );
    let mut entry = shapes(&["outbox", "show"]);
    print(&mut entry, &["outbox", "show", op], 5);
    print(&mut sync, &["sync"], 3);
    print(&mut entry, &["outbox", "show", op], 0);
    let mut outbox = shapes(&["outbox"]);
    print(&mut outbox, &["outbox"], 0);
    let mut accounts = shapes(&["accounts"]);
    print(&mut accounts, &["accounts"], 0);
    let id = desk.run(&["accounts", "--json"]).json::<Vec<AccountView>>(0).remove(0).id;
    let mut used = shapes(&["use"]);
    print(&mut used, &["use", &id], 0);
    let mut out = shapes(&["sign-out", "--keep"]);
    print(&mut out, &["sign-out", "--keep"], 0);
    let mut serve = shapes(&["serve"]);
    serve.hold(&Served::start(&["--contacts", "10"]).greeting.to_string());

    for shapes in [&connect, &queue, &sync, &decide, &review, &entry, &outbox, &accounts, &used, &out, &serve]
    {
        assert_eq!(shapes.unmet(), [""; 0], "not met in {}", shapes.root);
    }
    for action in ["retry", "withdraw"] {
        assert_eq!(shapes(&["outbox", action]).types, entry.types);
    }
}
