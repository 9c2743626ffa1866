//! From a file of contacts to resolved reviews, with nothing but the command line; and files that are refused.
//!
//! `CLEAVE_CSV=contacts.csv` runs the first test over that file instead of the generated one.

use std::collections::HashSet;
use std::net::TcpListener;
use std::path::PathBuf;

use cleave_app::ipc::{AppError, DecideAnswer, ErrorCode, OutboxState, QueuePage, QueueRow};

use crate::desk::{ADMIN, Desk, finish};
use crate::served::{Served, contacts};

#[cfg(unix)]
#[test]
fn contacts_from_a_file_are_paged_searched_and_resolved() {
    let mut desk = Desk::without_service();
    let csv = std::env::var_os("CLEAVE_CSV").map_or_else(|| desk.path("contacts.csv"), PathBuf::from);
    let generated = (csv == desk.path("contacts.csv")).then(|| contacts(&csv));
    let served = Served::start(&["--import", csv.to_str().unwrap()]);
    assert_eq!(served.text("email"), ADMIN);
    (desk.url, desk.password) = (served.text("url"), served.text("password"));
    assert_eq!(desk.connect("home").code, 0);
    let imported = desk.server("/api/contacts?ownerFilter=all&size=1")["total"].as_u64().unwrap();
    if let Some(rows) = generated {
        assert_eq!(imported, rows as u64);
    }

    let rows = pages(&desk);
    assert!(rows.len() >= 20, "only {} reviews", rows.len());
    searches(&desk, &rows);
    let resolved = resolve_ten(&desk, &rows);
    let left = desk.server("/api/contacts/dedup-reviews?size=1")["total"].as_u64().unwrap();
    assert!(left as usize + resolved <= rows.len(), "{left} of {} left", rows.len());
    assert_eq!(u64::from(desk.queue(&["--limit", "1"]).total), left);

    let (ended, rest) = served.terminate();
    assert_eq!((ended.code(), rest.as_str()), (Some(0), ""));
    desk.run(&["sync", "--json"]).error(1);
}

/// Every row, in five pages or so.
fn pages(desk: &Desk) -> Vec<QueueRow> {
    let total = desk.queue(&["--limit", "1"]).total;
    let limit = total.div_ceil(5).clamp(1, 500);
    let mut rows: Vec<QueueRow> = Vec::new();
    while rows.len() < total as usize {
        let at = rows.len().to_string();
        let QueuePage { rows: page, total: now, .. } =
            desk.queue(&["--limit", &limit.to_string(), "--offset", &at]);
        assert_eq!(now, total);
        assert_eq!(page.len(), (total as usize - rows.len()).min(limit as usize), "page at {at}");
        rows.extend(page);
    }
    assert_eq!(rows.iter().map(|row| &row.review_id).collect::<HashSet<_>>().len(), rows.len());
    assert!(rows.windows(2).all(|pair| pair[0].score >= pair[1].score), "not the most alike first");
    rows
}

fn searches(desk: &Desk, rows: &[QueueRow]) {
    let wanted = &rows[rows.len() / 2];
    let word = wanted.source_name.split_whitespace().next_back().unwrap();
    let found = desk.queue(&["--search", word, "--limit", "500"]);
    assert!(
        found.rows.iter().any(|row| row.review_id == wanted.review_id),
        "{word} does not find its review"
    );
    assert!((found.total as usize) < rows.len(), "{word} finds everything");
    assert_eq!(desk.queue(&["--search", "no one is called this"]).total, 0);
}

/// Resolves ten reviews that share no contact, so that no merge closes another; answers how many.
fn resolve_ten(desk: &Desk, rows: &[QueueRow]) -> usize {
    let mut met = HashSet::new();
    let apart = rows.iter().filter(|row| {
        let free = !met.contains(&row.source_id) && !met.contains(&row.candidate_id);
        met.extend([row.source_id.clone(), row.candidate_id.clone()]);
        free
    });
    let ten: Vec<&QueueRow> = apart.take(10).collect();
    assert_eq!(ten.len(), 10);
    for (at, row) in ten.iter().enumerate() {
        let (decision, status) =
            if at % 2 == 0 { ("merge", "merged") } else { ("keep-separate", "kept_separate") };
        let args = ["decide", &row.review_id, decision, "--note", "Looked at both", "--json"];
        let entry = desk.run(&args).json::<DecideAnswer>(0).entry.unwrap();
        assert_eq!(entry.state, OutboxState::Applied);

        let review = desk.server(&format!("/api/contacts/dedup-reviews/{}", row.review_id));
        assert_eq!(review["data"]["status"], status);
        assert_eq!(review["data"]["resolution"]["cleaveOpId"], entry.op_id);
        let source = desk.answer(&format!("/api/contacts/{}", row.source_id)).0;
        assert_eq!(source, if decision == "merge" { 404 } else { 200 }, "source after {decision}");
        desk.server(&format!("/api/contacts/{}", row.candidate_id));
    }
    ten.len()
}

/// Serves what cannot be served, and answers with the error.
fn refused(desk: &Desk, args: &[&str]) -> AppError {
    finish(&mut desk.bare(&[&["serve", "--json"], args].concat())).error(1)
}

#[test]
fn a_bad_file_is_refused_by_line_and_nothing_of_it_is_kept() {
    let mut desk = Desk::without_service();
    let write = |name: &str, bytes: &[u8]| {
        std::fs::write(desk.path(name), bytes).unwrap();
        desk.path(name).to_str().unwrap().to_owned()
    };
    let ragged = write(
        "ragged.csv",
        b"first_name,surname,email\nAda,Lovelace,a@example.com\nBob,Short\n\
        Cy,Fine,c@example.com\nDi,Too,d@example.com,much\n",
    );
    let mixed = write("mixed.csv", "first_name,surname\nChlo\u{e9},Grün\nAda,Fine\n".as_bytes());
    let mut bytes = std::fs::read(&mixed).unwrap();
    bytes.extend(b"J\xfcrgen,Latin\n");
    let mixed = write("mixed.csv", &bytes);
    let nameless = write("nameless.csv", b"Ada,Lovelace\nBob,Short\n");
    let data = desk.path("data").to_str().unwrap().to_owned();
    let absent = desk.path("absent.csv").to_str().unwrap().to_owned();

    for (file, words) in [
        (&ragged, &["line 3 has 2 fields instead of 3", "line 5 has 4 fields instead of 3"][..]),
        (&mixed, &["line 4 is not UTF-8"]),
        (&nameless, &["names no known column"]),
        (&absent, &["cannot be read"]),
    ] {
        let error = refused(&desk, &["--port", "0", "--data", &data, "--import", file]);
        assert_eq!((error.code, error.field.as_deref()), (ErrorCode::Invalid, Some("import")));
        for word in words {
            assert!(error.message.contains(word), "“{word}” is not in: {}", error.message);
        }
        assert!(!error.message.contains("example.com"), "{}", error.message);
    }

    let good = write("good.csv", b"first_name,surname\nEve,Only\n");
    let served = Served::start(&["--data", &data, "--import", &good]);
    (desk.url, desk.password) = (served.text("url"), served.text("password"));
    let list = desk.server("/api/contacts?ownerFilter=all");
    assert_eq!((list["total"].as_u64(), &list["data"][0]["firstName"]), (Some(1), &"Eve".into()));
}

#[test]
fn a_port_that_is_taken_is_named() {
    let desk = Desk::without_service();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let error = refused(&desk, &["--port", &port, "--contacts", "10"]);
    assert_eq!((error.code, error.field.as_deref()), (ErrorCode::Invalid, Some("port")));
    assert!(error.message.contains(&port), "{}", error.message);
}

#[test]
fn a_home_that_is_no_folder_is_an_error_and_stays_as_it_is() {
    let desk = Desk::without_service();
    std::fs::write(desk.path("letter"), "Dear diary").unwrap();
    for home in ["letter", "letter/home"] {
        let error = desk.run_in(home, &["queue", "--json"], "").error(1);
        assert_eq!(error.code, ErrorCode::Storage, "{home}");
    }
    assert_eq!(std::fs::read_to_string(desk.path("letter")).unwrap(), "Dear diary");
}
