//! What `--help` says about JSON and exit codes. A test holds every line of it against what the commands print.
//!
//! A shape is a name and its fields. `T?` is `T` or null, `[T]` a list, `json` anything; a field with `?` after its name
//! can be absent. `null` is what only a window gets.

mod separation;

pub(crate) use separation::{CONTACTS_FOUND, HISTORY_PAGE, RECORDS, SEPARATED, SEPARATION};

/// A type of `cleave_app::ipc` as text: its name, and `field: type` line by line.
type Shape = (&'static str, &'static [&'static str]);

/// What ends which way.
const EXIT_CODES: [(u8, &str); 6] = [
    (0, "done (a decision: the server has it)"),
    (1, "failed; nothing was changed"),
    (2, "the command line makes no sense"),
    (3, "something needs a person: a conflict, a refusal, a review that changed"),
    (4, "not signed in, or the sign-in was refused"),
    (5, "saved here, and not at the server yet"),
];

/// The exit codes and what goes where, for the whole program.
pub(crate) fn overview() -> String {
    format!(
        "{}\n\nOutput:\n{}",
        exit_codes(&[0, 1, 2, 3, 4, 5]),
        "  With --json, stdout has one JSON document: the types the window gets, camelCase, times in RFC 3339.\n  \
         `cleave-cli COMMAND --help` lists its fields.\n  \
         Errors are one line on stderr; with --json the line is {\"code\", \"message\", \"hint\", \"field\"}.\n  \
         Trouble that did not stop a command is such a line too, beside the answer on stdout.\n  \
         CLEAVE_LOG=info (or debug) logs to stderr, without contact data."
    )
}

/// What one command prints with `--json`, and the exit codes that it has.
pub(crate) fn help(root: &str, shapes: &[&[Shape]], codes: &[u8]) -> String {
    let mut text = format!("JSON: {root}\n");
    for (name, fields) in shapes.iter().copied().flatten() {
        text.push_str(&format!("  {name} {{\n    {}\n  }}\n", fields.join("\n    ")));
    }
    text + "\n" + &exit_codes(codes)
}

fn exit_codes(codes: &[u8]) -> String {
    let lines = EXIT_CODES.iter().filter(|(code, _)| codes.contains(code));
    let lines: Vec<String> = lines.map(|(code, meaning)| format!("  {code}  {meaning}")).collect();
    format!("Exit codes:\n{}", lines.join("\n"))
}

/// What `serve` greets with.
pub(crate) const GREETING: &[Shape] = &[("Greeting", &["url: text", "email: text", "password: text"])];

/// An account.
pub(crate) const ACCOUNT: &[Shape] = &[(
    "AccountView",
    &[
        "id: text",
        "origin: text",
        "person: text",
        "organization: text",
        "role: text",
        "sandbox: bool",
        "signedIn: bool",
    ],
)];

/// A row of the queue.
pub(crate) const QUEUE_ROW: &[Shape] = &[(
    "QueueRow",
    &[
        "reviewId: text",
        "sourceId: text",
        "candidateId: text",
        "sourceName: text",
        "candidateName: text",
        "kind: fuzzyMatch | phoneConflict | other",
        "score: number?",
        "differing: [text]",
        "createdAt: text?",
        "local: open | queued | done | needsYou",
        "here: bool",
    ],
)];

/// What was taken along.
pub(crate) const TAKING: &[Shape] = &[(
    "TakingView",
    &["done: number", "total: number", "failed: number", "bytes: number", "running: bool", "ended: text?"],
)];

/// A page of the queue.
pub(crate) const QUEUE_PAGE: &[Shape] =
    &[("QueuePage", &["rows: [QueueRow]", "total: number", "revision: number"])];

/// A decision, and its attempts.
pub(crate) const OUTBOX_ENTRY: &[Shape] = &[
    (
        "OutboxEntry",
        &[
            "opId: text",
            "kind: merge | keep-separate | separate | settings",
            "subject: text",
            "title: text",
            "state: draft | queued | checking | sending | applied | refused | uncertain | applied_elsewhere | \
             conflict | needs_person | withdrawn | superseded",
            "hold: none | cancel_window | offline | auth | wrong_account | dependency | backoff | review_needed | \
             server_paused",
            "reason: text",
            "attempts: number",
            "note: text?",
            "decidedAt: text",
            "changedAt: text",
            "cancelUntil: text?",
            "canWithdraw: bool",
            "canRetry: bool",
            "mayDouble: bool",
            "differences: [[text]]",
            "receipt: ReceiptView?",
            "refusedAt: text?",
            "canMarkApplied: bool",
            "canMarkNotApplied: bool",
            "saidDone: bool",
            "canEdit: bool",
            "canCompare: bool",
            "waitsFor: [EntryLink]",
            "pausedUntil: text?",
            "survivorId: text?",
            "history: [AttemptView]",
        ],
    ),
    ("ReceiptView", &["newContactId: text?", "rows: [ReceiptRow]", "asPredicted: bool", "wasRead: bool"]),
    (
        "ReceiptRow",
        &["label: text", "side: (original | new)?", "predicted: text", "actual: text", "same: bool"],
    ),
    ("AttemptView", &["at: text", "status: number?", "outcome: text"]),
    ("EntryLink", &["opId: text", "kind: merge | keep-separate | separate | settings", "title: text"]),
];

/// A file with decisions.
pub(crate) const EXPORTED: &[Shape] = &[("ExportedFile", &["path: text", "entries: number"])];

/// The settings in force.
pub(crate) const SETTINGS: &[Shape] = &[(
    "SettingsView",
    &["current: text?", "basedOn: text", "readAt: text?", "pending: OutboxEntry?", "pendingChange: text?"],
)];

/// A change of settings.
pub(crate) const SETTINGS_ANSWER: &[Shape] = &[
    (
        "SettingsAnswer",
        &[
            "issues: [SettingsIssue]",
            "changes: [SettingsChange]",
            "entry: OutboxEntry?",
            "replaces: EntryLink?",
            "note: text?",
            "screen: Changes?",
        ],
    ),
    ("SettingsIssue", &["field: text", "message: text"]),
    ("SettingsChange", &["key: text", "before: text", "after: text"]),
];

/// A decision beside what the server has now.
pub(crate) const CONFLICT: &[Shape] = &[
    (
        "ConflictView",
        &[
            "opId: text",
            "headline: text",
            "rows: [ConflictRow]",
            "also: [text]",
            "readAt: text?",
            "anew: Anew?",
        ],
    ),
    (
        "ConflictRow",
        &["path: text", "label: text", "whenDecided: text?", "now: text?", "mine: text?", "changed: bool"],
    ),
    ("Anew", &["kind: review | separation | settings", "reviewId?: text", "contactId?: text"]),
];

/// What sending would find.
pub(crate) const REHEARSED: &[Shape] = &[(
    "RehearsedView",
    &["opId: text", "verdict: valid | moot | changed | gone | waits | notWaiting | unknown", "words: text"],
)];

/// What was carried over from a damaged outbox.
pub(crate) const SALVAGED: &[Shape] = &[(
    "SalvagedView",
    &["entries: number", "drafts: number", "lostRows: number", "needsPerson: number", "keptAs: text"],
)];

/// What became different.
pub(crate) const CHANGES: &[Shape] = &[
    (
        "Changes",
        &[
            "revision: number",
            "upserts: [QueueRow]",
            "removals: [text]",
            "outbox: [OutboxEntry]",
            "contacts: [text]",
            "counts: Counts",
            "status: StatusView",
            "closing: null",
            "reopen: bool",
        ],
    ),
    ("Counts", &["queue: number", "phoneConflicts: number", "outbox: number", "needsPerson: number"]),
    (
        "StatusView",
        &[
            "connection: connecting | online | offline | signedOut",
            "syncing: bool",
            "loaded: number",
            "total: number?",
            "syncedAt: text?",
            "nextSendAt: text?",
            "trouble: text?",
            "taking: null",
        ],
    ),
];

/// The answer to a decision.
pub(crate) const ANSWER: &[Shape] =
    &[("DecideAnswer", &["preview: MergePreview?", "entry: OutboxEntry?", "changes: Changes?"])];

/// What a merge does.
pub(crate) const PREVIEW: &[Shape] = &[
    (
        "MergePreview",
        &[
            "fields: [FieldRow]",
            "survivorName: text",
            "survivorId: text",
            "moving: number?",
            "cascades: [CascadeView]",
            "problems: [Problem]",
        ],
    ),
    (
        "FieldRow",
        &[
            "path: text",
            "source: ValueView",
            "candidate: ValueView",
            "sameness: equal | equalNormalised | different | onlySource | onlyCandidate | bothMissing",
            "choice: source | candidate",
            "choosable: bool",
            "reason: FieldReason",
            "result: text?",
        ],
    ),
    ("ValueView", &["segments: [SegmentView]", "was: text?"]),
    ("SegmentView", &["text: text", "differs: bool"]),
    ("FieldReason", &["kind: picked | equal | onlyValue | rule | survivor | united", "rule?: text"]),
    ("CascadeView", &["reviewId: text", "pair: text", "decidedHere: bool"]),
    ("Problem", &["field: text?", "blocking: bool", "message: text"]),
];

/// A review.
pub(crate) const REVIEW: &[Shape] = &[
    (
        "ReviewView",
        &[
            "reviewId: text",
            "basedOn: text",
            "kind: fuzzyMatch | phoneConflict | other",
            "open: bool",
            "resolved: text?",
            "createdAt: text?",
            "source: SideView",
            "candidate: SideView",
            "score: ScoreView?",
            "phoneConflict: PhoneConflictView?",
            "children: [ChildGroup]",
            "preview: MergePreview",
            "decision: OutboxEntry?",
            "decided: DecisionInput?",
            "readAt: text?",
        ],
    ),
    ("DecisionInput", &["kind: merge | keepSeparate", "picks?: [FieldPick]", "note: text?"]),
    ("FieldPick", &["path: text", "side: source | candidate"]),
    (
        "SideView",
        &[
            "contactId: text",
            "name: text",
            "createdAt: text?",
            "updatedAt: text?",
            "snapshotOnly: bool",
            "protection: ProtectionView?",
        ],
    ),
    ("ProtectionView", &["owner: text?", "until: text?"]),
    (
        "ScoreView",
        &[
            "percent: number",
            "raw: number",
            "mergeThreshold: number?",
            "reviewThreshold: number?",
            "breakdown: [BreakdownRow]",
        ],
    ),
    ("BreakdownRow", &["path: text", "reported: text", "bar: number?"]),
    ("PhoneConflictView", &["phone: text", "sourceHasIt: bool", "candidateHasIt: bool"]),
    (
        "ChildGroup",
        &[
            "kind: conversation | application | note | reminder | trainingSnapshot | document",
            "source: [ChildItem]?",
            "candidate: [ChildItem]?",
        ],
    ),
    ("ChildItem", &["id: text", "title: text", "detail: text", "messages: number?", "at: text?"]),
];
