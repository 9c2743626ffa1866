//! `take`: everything that reviews show is stored, and decided without the server.

use cleave_app::ipc::TakingView;

use crate::desk::Desk;
use crate::shapes::Shapes;

#[test]
fn reviews_are_taken_along_and_the_second_time_nothing_is_read() {
    let desk = Desk::signed_in();
    let mut shapes = Shapes::of(&desk, &["take"]);
    let first = desk.run(&["take", "5", "--messages", "--json"]);
    assert_eq!(first.code, 0, "{}", first.stderr);
    shapes.hold(&first.stdout);
    let view: TakingView = serde_json::from_str(&first.stdout).unwrap();
    assert_eq!((view.done, view.total, view.failed, view.running), (5, 5, 0, false));
    assert!(view.bytes > 0.0 && view.ended.is_none());
    assert!(desk.queue(&["--limit", "5"]).rows.iter().all(|row| row.here));
    let again = desk.run(&["take", "5", "--messages"]);
    assert_eq!(again.code, 0, "{}", again.stderr);
    assert!(again.stdout.contains("5 of 5 reviews are here; 0 B were stored."), "{}", again.stdout);
    assert_eq!(desk.run(&["take", "0"]).code, 2);
}
