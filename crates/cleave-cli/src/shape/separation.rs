//! What separations, history and the search for contacts print.

use super::Shape;

/// Settled decisions.
pub(crate) const HISTORY_PAGE: &[Shape] = &[("HistoryPage", &["entries: [OutboxEntry]", "next: text?"])];

/// Contacts that were looked for.
pub(crate) const CONTACTS_FOUND: &[Shape] = &[
    ("ContactsFound", &["contacts: [ContactHit]", "fromServer: bool", "more: bool"]),
    (
        "ContactHit",
        &["contactId: text", "name: text", "email: text", "phone: text", "phones: number", "draftAt: text?"],
    ),
];

/// What a separation is decided on. `data` is the contract's separation data, and `json` is as the server sent it.
pub(crate) const RECORDS: &[Shape] = &[
    (
        "SeparationRecords",
        &[
            "data: SeparationData",
            "documents: [json]?",
            "messages: json",
            "unread: [text]",
            "incomplete: [text]",
            "readAt: text?",
        ],
    ),
    (
        "SeparationData",
        &[
            "contact: json",
            "conversations?: [json]",
            "applications?: [json]",
            "contactNotes?: [json]",
            "reminders?: [json]",
            "trainingSnapshots?: [json]",
        ],
    ),
];

/// The answer to a separation by a plan.
pub(crate) const SEPARATED: &[Shape] = &[
    ("SeparatedByPlan", &["planned: PlannedSeparation?", "answer: SeparateAnswer?"]),
    ("PlannedSeparation", &["sheet: SeparationSheet", "state: SeparationState"]),
    ("SeparateAnswer", &["sheet: SeparationSheet", "entry: OutboxEntry?", "changes: Changes?"]),
    ("SeparationSheet", &["title: text", "happens: [text]", "irrevocable: [text]", "warnings: [text]"]),
];

/// Both contacts, and every record and problem at its place.
pub(crate) const SEPARATION: &[Shape] = &[
    (
        "SeparationState",
        &[
            "revision: number",
            "lines: [SplitLine]",
            "places: [ChildPlaceView]",
            "cuts: [CutView]",
            "undecided: number",
            "summary: [CounterView]",
            "guarded: bool",
            "guard: text",
            "unslotted: [UnslottedView]",
            "problems: [SeparationProblem]",
            "blocked: text?",
            "canUndo: bool",
            "canRedo: bool",
        ],
    ),
    (
        "SplitLine",
        &[
            "path: text",
            "label: text",
            "kind: name | value | whole | misc | document",
            "now: text?",
            "original: SplitValue",
            "new: SplitValue",
            "both: bool",
            "editable: bool",
            "options: [SplitOption]",
        ],
    ),
    ("SplitValue", &["text: text", "shown: text", "serverDecides: bool", "problems: [SeparationProblem]"]),
    ("SplitOption", &["text: text", "shown: text", "from: text"]),
    (
        "SeparationProblem",
        &["message: text", "blocking: bool", "path: text?", "side: (original | new)?", "child: ChildRef?"],
    ),
    (
        "ChildRef",
        &["kind: conversation | application | note | reminder | trainingSnapshot | document", "id: text"],
    ),
    (
        "ChildPlaceView",
        &[
            "kind: conversation | application | note | reminder | trainingSnapshot | document",
            "id: text",
            "place: undecided | original | new | cut",
        ],
    ),
    (
        "CutView",
        &[
            "conversationId: text",
            "messageId: text",
            "index: number",
            "before: original | new",
            "original: HalfView",
            "new: HalfView",
            "madeFor: original | new",
            "assignees: [text]?",
            "status: text?",
        ],
    ),
    ("HalfView", &["count: number", "firstAt: text?", "first: text", "lastAt: text?", "last: text"]),
    ("CounterView", &["name: text", "label: text", "count: number?"]),
    ("UnslottedView", &["label: text", "text: text", "staysWith: original | new"]),
];
