use super::{ImportError, RowFault};
use crate::db::document::text;
use crate::{Clock, Config, DataDir, Service, StartError, World};
use std::path::Path;

async fn import(dir: &Path, bytes: &[u8]) -> Result<Vec<serde_json::Value>, StartError> {
    let path = dir.join("contacts.csv");
    std::fs::write(&path, bytes).unwrap();
    let running = Service::start(Config {
        data: DataDir::Dir(dir.join("data")),
        world: World::Csv { path, number: 1 },
        clock: Clock::fixed(1_780_315_200_000),
        ..Config::default()
    })
    .await?;
    let contacts = running
        .state()
        .db
        .read(|db| crate::db::document::many(db, "SELECT doc FROM contact ORDER BY rowid", []))
        .await
        .unwrap();
    running.shutdown().await;
    Ok(contacts)
}

#[tokio::test]
async fn known_columns_become_fields_and_unknown_ones_stay_under_misc() {
    let dir = tempfile::tempdir().unwrap();
    let csv = "\u{feff}id,given_name,Surname,E-Mail,Mobile,street,zip,dob,created,shoe size\n\
        7,Zoë,\"O'Neill, Jr\",z@example.com,(617) 555-0123,1 Elm St,02139,2/29/1980,2024-10-16,42\n";
    let contacts = import(dir.path(), csv.as_bytes()).await.unwrap();
    let contact = &contacts[0];
    let cases = [
        ("/firstName", "Zoë"),
        ("/lastName", "O'Neill, Jr"),
        ("/email", "z@example.com"),
        ("/phoneNumber/0/value", "+16175550123"),
        ("/address/streetAddress", "1 Elm St"),
        ("/address/postalCode", "02139"),
        ("/dateOfBirth", "1980-02-29"),
        ("/createdAt", "2024-10-16T00:00:00.000Z"),
        ("/misc/id", "7"),
        ("/misc/shoe size", "42"),
    ];
    for (path, value) in cases {
        assert_eq!(contact.pointer(path).and_then(|v| v.as_str()), Some(value), "{path}");
    }
}

#[tokio::test]
async fn windows_1252_is_recognised() {
    let dir = tempfile::tempdir().unwrap();
    let contacts =
        import(dir.path(), b"first_name,last_name\nJ\xfcrgen,M\xfcller\nAnn,Plain\n").await.unwrap();
    assert_eq!(text(&contacts[0], "lastName"), "Müller");
}

#[tokio::test]
async fn bad_rows_are_named_and_nothing_is_imported() {
    let dir = tempfile::tempdir().unwrap();
    let csv = b"first_name,last_name,email\nAnn,Ash,a@example.com\nBob,Birch\nZo\xc3\xab,Elm,z@example.com\n\
        J\xfcrgen,M\xfcller,j@example.com\n\"Multi\nline\",Oak,m@example.com,extra\n";
    let error = import(dir.path(), csv).await.unwrap_err();
    let StartError::Import(ImportError::Rows { rows, .. }) = &error else { panic!("{error}") };
    let lines: Vec<u64> = rows.iter().map(|row| row.line).collect();
    assert_eq!(lines, [3, 5, 6]);
    assert_eq!(rows[0].fault, RowFault::Ragged { found: 2, expected: 3 });
    assert_eq!(rows[1].fault, RowFault::Encoding);
    assert!(error.to_string().contains("line 3 has 2 fields instead of 3; line 5 is not UTF-8"), "{error}");
    let good = import(dir.path(), b"first_name\nAnn\n").await.unwrap();
    assert_eq!(good.len(), 1, "the data directory was left empty, so that a good file can follow");
}

#[tokio::test]
async fn files_that_are_none_are_refused_with_words() {
    let dir = tempfile::tempdir().unwrap();
    let cases: [(&[u8], &str); 3] =
        [(b"\xff\xfef\x00", "UTF-16"), (b"1,2,3\n4,5,6\n", "no known column"), (b"", "no known column")];
    for (bytes, words) in cases {
        let error = import(dir.path(), bytes).await.unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
}

#[tokio::test]
async fn a_number_that_is_taken_becomes_secondary_and_a_review_is_filed() {
    let dir = tempfile::tempdir().unwrap();
    let csv = "first_name,last_name,phone\nAnn,Ash,617-555-0123\nBertram,Quince,+1 617 555 0123\n";
    let contacts = import(dir.path(), csv.as_bytes()).await.unwrap();
    assert_eq!(contacts[0]["phoneNumber"][0]["value"], "+16175550123");
    assert!(contacts[1]["phoneNumber"].is_null());
    assert_eq!(contacts[1]["secondaryPhoneNumber"][0], "+16175550123");
    let running = Service::start(Config { data: DataDir::Dir(dir.path().join("data")), ..Config::default() });
    let running = running.await.unwrap();
    let reviews = running
        .state()
        .db
        .read(|db| crate::db::document::many(db, "SELECT doc FROM review", []))
        .await
        .unwrap();
    assert_eq!(reviews.len(), 1);
    assert_eq!(reviews[0]["reviewSource"], "phone_conflict");
    assert_eq!(reviews[0]["phoneConflict"]["phoneNumber"], "+16175550123");
}
