use crate::trial::Trial;
use serde_json::{Value, json};

/// A contact with two conversations, one of each other record and two documents.
struct Shared {
    trial: Trial,
    contact: String,
    sms: String,
    messages: Vec<String>,
    mail: String,
    note: String,
    documents: Vec<String>,
}

async fn shared() -> Shared {
    let trial = Trial::start().await;
    let contact = trial.contact(json!({"firstName": "Jane", "lastName": "Doe", "email": "jane@example.com",
        "phoneNumber": [{"value": "+14165550100", "isPrimary": true}, {"value": "+14165550101"}],
        "dateOfBirth": "1980-02-01", "status": "Won", "pipelineId": "p9", "pipelineStage": "s9",
        "assignees": [trial.admin], "misc": {"tier": "gold", "score": 7}, "company": "Acme"}));
    let sms = trial.conversation(&contact, "sms", &["hi", "yes", "this is Janet", "I have this number now"]);
    let mail = trial.conversation(&contact, "email", &["one", "two"]);
    let note = trial.record("contactNotes", &contact, json!({"note": "two people"}));
    for kind in ["applications", "reminders", "trainingSnapshots"] {
        trial.record(kind, &contact, json!({}));
    }
    let documents = (0..2).map(|_| trial.record("documents", &contact, json!({"filename": "f"}))).collect();
    let messages = trial.message_ids(&sms);
    Shared { trial, contact, sms, messages, mail, note, documents }
}

impl Shared {
    fn path(&self) -> String {
        format!("/api/contacts/{}/separate", self.contact)
    }

    fn request(&self) -> Value {
        json!({
            "fieldSplit": {
                "firstName": {"original": "Jane", "new": "Janet"},
                "lastName": {"original": "Doe", "new": "Roe"},
                "email": {"original": "jane@example.com", "new": null},
                "phoneNumber": {"original": "+14165550100", "new": "+14165550101"},
                "dateOfBirth": {"original": "1980-02-01"},
                "documents": {"original": [self.documents[0]], "new": [self.documents[1]]},
                "misc": {"original": {"tier": "gold"}, "new": {"score": 7, "tier": "gold"}},
                "status": "new", "pipelineId": "original", "pipelineStage": "original",
                "assignees": "new", "outreachConfigId": "original",
            },
            "childRecordAssignment": {
                "conversations": {self.sms.clone(): "original", self.mail.clone(): "new"},
                "applications": {}, "contactNotes": {self.note.clone(): "new"},
                "reminders": {}, "trainingSnapshots": {},
            },
            "messageDividers": [{"conversationId": self.sms, "dividerMessageId": self.messages[2],
                "direction": "before_to_original"}],
            "newConversationMeta": [{"conversationId": self.sms, "assignees": [self.trial.admin], "status": "open"}],
        })
    }
}

#[tokio::test]
async fn one_contact_becomes_two_and_nothing_is_lost() {
    let it = shared().await;
    let answer = it.trial.post(&it.path(), &it.request()).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let data = &answer.body["data"];
    assert_eq!(data["originalContactId"], it.contact.as_str());
    let summary = json!({"conversationsMoved": 1, "applicationsMoved": 0, "notesMoved": 1, "remindersMoved": 0,
        "trainingSnapshotsMoved": 0, "messagesReassigned": 4});
    assert_eq!(data["summary"], summary);
    let new_id = data["newContactId"].as_str().unwrap();

    let original = it.trial.separation_data(&it.contact).await;
    let new = it.trial.separation_data(new_id).await;
    let cases = [
        (&original, "/contact/firstName", json!("Jane")),
        (&original, "/contact/status", json!("New Lead")),
        (&original, "/contact/pipelineId", json!("p9")),
        (&original, "/contact/assignees", json!([])),
        (&original, "/contact/misc", json!({"tier": "gold"})),
        (&original, "/contact/company", json!("Acme")),
        (&original, "/contact/phoneNumber", json!([{"value": "+14165550100", "isPrimary": true}])),
        (&original, "/contact/dateOfBirth", json!("1980-02-01")),
        (&new, "/contact/firstName", json!("Janet")),
        (&new, "/contact/status", json!("Won")),
        (&new, "/contact/email", Value::Null),
        (&new, "/contact/dateOfBirth", Value::Null),
        (&new, "/contact/phoneNumber", json!([{"value": "+14165550101", "isPrimary": true}])),
        (&new, "/contact/assignees", json!([it.trial.admin])),
        (&new, "/contactNotes/0/_id", json!(it.note)),
    ];
    for (side, path, value) in cases {
        assert_eq!(side.pointer(path), Some(&value), "{path}");
    }
    assert_eq!(it.trial.message_ids(&it.sms), it.messages[..2]);
    let half =
        new["conversations"].as_array().unwrap().iter().find(|c| c["_id"] != it.mail.as_str()).unwrap();
    assert_eq!(it.trial.message_ids(half["_id"].as_str().unwrap()), it.messages[2..]);
    assert_eq!((&half["messageCount"], &half["status"]), (&json!(2), &json!("open")));
    assert_eq!(original["conversations"][0]["messageCount"], 2);
    let documents = it.trial.get(&format!("/api/contacts/{new_id}/documents")).await;
    assert_eq!(documents.ids("data"), [it.documents[1].clone()]);
}

#[tokio::test]
async fn a_second_copy_of_a_guarded_separation_is_refused() {
    let it = shared().await;
    let mut request = it.request();
    request["childRecordAssignment"] = json!({"conversations": {}, "applications": {}, "contactNotes": {},
        "reminders": {}, "trainingSnapshots": {}});
    request.as_object_mut().unwrap().retain(|key, _| key == "fieldSplit" || key == "childRecordAssignment");
    request["fieldSplit"].as_object_mut().unwrap().remove("documents");
    assert_eq!(it.trial.post(&it.path(), &request).await.status, 200);
    let again = it.trial.post(&it.path(), &request).await;
    assert_eq!(again.status, 400);
    assert!(again.error().starts_with("fieldSplit.phoneNumber.new"), "{}", again.error());
}

#[tokio::test]
async fn before_to_new_moves_the_messages_before_the_divider() {
    let it = shared().await;
    let mut request = it.request();
    request["messageDividers"][0]["direction"] = json!("before_to_new");
    request["messageDividers"][0]["dividerMessageId"] = json!(it.messages[3]);
    let answer = it.trial.post(&it.path(), &request).await;
    assert_eq!(answer.body["data"]["summary"]["messagesReassigned"], 5);
    assert_eq!(it.trial.message_ids(&it.sms), it.messages[3..]);
}

#[tokio::test]
async fn every_wrong_request_is_refused_by_field_and_changes_nothing() {
    let it = shared().await;
    let stranger = it.trial.contact(json!({"firstName": "S", "phoneNumber": "+14165550177"}));
    let foreign = it.trial.record("contactNotes", &stranger, json!({"note": "theirs"}));
    let before = it.trial.separation_data(&it.contact).await;
    let cases: Vec<(&str, Value, &str)> = vec![
        ("/fieldSplit/firstName", json!({"original": "Jane", "new": null}), "fieldSplit.firstName.new"),
        ("/fieldSplit/lastName", json!({"original": "Doe"}), "fieldSplit.lastName"),
        ("/fieldSplit/firstName", json!({"original": "a", "new": "b", "third": "c"}), "fieldSplit.firstName"),
        ("/fieldSplit/email", json!({"new": "no address"}), "fieldSplit.email.new"),
        ("/fieldSplit/phoneNumber", json!({"new": "12345"}), "fieldSplit.phoneNumber.new"),
        ("/fieldSplit/phoneNumber", json!({"new": "+14165550177"}), "fieldSplit.phoneNumber.new"),
        ("/fieldSplit/phoneNumber", json!({"original": "+14165550177"}), "fieldSplit.phoneNumber.original"),
        (
            "/fieldSplit/phoneNumber",
            json!({"original": "+14165550100", "new": "+14165550100"}),
            "fieldSplit.phoneNumber.new",
        ),
        ("/fieldSplit/dateOfBirth", json!({"new": "soon"}), "fieldSplit.dateOfBirth.new"),
        ("/fieldSplit/status", json!("both"), "fieldSplit.status"),
        (
            "/fieldSplit/documents",
            json!({"original": it.documents, "new": [it.documents[0]]}),
            "fieldSplit.documents",
        ),
        ("/fieldSplit/documents", json!({"original": [it.documents[0]]}), "fieldSplit.documents"),
        ("/fieldSplit/documents", json!({"original": it.documents, "new": ["x"]}), "fieldSplit.documents"),
        ("/fieldSplit/misc", json!({"new": []}), "fieldSplit.misc.new"),
        (
            "/childRecordAssignment/contactNotes",
            json!({foreign: "new"}),
            "childRecordAssignment.contactNotes",
        ),
        ("/childRecordAssignment/reminders", json!(null), "childRecordAssignment.reminders"),
        (
            "/childRecordAssignment/conversations",
            json!({"x": "new"}),
            "childRecordAssignment.conversations.x",
        ),
        (
            "/childRecordAssignment/conversations",
            json!({it.sms.clone(): "new"}),
            "messageDividers[0].conversationId",
        ),
        ("/childRecordAssignment/applications", json!({"x": "mine"}), "childRecordAssignment.applications"),
        ("/messageDividers/0/dividerMessageId", json!("x"), "messageDividers[0].dividerMessageId"),
        ("/messageDividers/0/dividerMessageId", json!(it.messages[0]), "messageDividers[0].dividerMessageId"),
        ("/messageDividers/0/conversationId", json!(it.mail), "messageDividers[0]"),
        ("/messageDividers/0/conversationId", json!("x"), "messageDividers[0].conversationId"),
        ("/messageDividers/0/direction", json!("after"), "messageDividers[0].direction"),
        ("/newConversationMeta/0/conversationId", json!(it.mail), "newConversationMeta[0].conversationId"),
        ("/newConversationMeta/0/assignees", json!(["nobody"]), "newConversationMeta[0].assignees[0]"),
    ];
    for (place, value, field) in cases {
        let mut request = it.request();
        *request.pointer_mut(place).unwrap() = value.clone();
        let answer = it.trial.post(&it.path(), &request).await;
        assert_eq!(answer.status, 400, "{place} {value}");
        assert!(answer.error().starts_with(field), "{place} {value}: {}", answer.error());
    }
    let mut request = it.request();
    request["childRecordAssignment"].as_object_mut().unwrap().remove("reminders");
    let answer = it.trial.post(&it.path(), &request).await;
    assert!(answer.status == 400 && answer.error().contains("reminders"), "{}", answer.error());
    let mut request = it.request();
    let twice = request["messageDividers"][0].clone();
    request["messageDividers"].as_array_mut().unwrap().push(twice);
    let answer = it.trial.post(&it.path(), &request).await;
    assert!(answer.error().starts_with("messageDividers[1].conversationId"), "{}", answer.error());
    let mut request = it.request();
    request["fieldSplit"]["firstName"]["new"] = json!(" ");
    request["fieldSplit"]["lastName"]["new"] = json!("");
    assert!(it.trial.post(&it.path(), &request).await.error().starts_with("fieldSplit.firstName.new"));
    assert_eq!(it.trial.separation_data(&it.contact).await, before);
}

#[tokio::test]
async fn who_may_separate_and_what_is_there() {
    let it = shared().await;
    assert_eq!(it.trial.anonymous().post(&it.path(), &it.request()).await.status, 401);
    assert_eq!(it.trial.sales_rep().await.post(&it.path(), &it.request()).await.status, 403);
    assert_eq!(it.trial.foreign_admin().await.post(&it.path(), &it.request()).await.status, 404);
    assert_eq!(it.trial.post("/api/contacts/missing/separate", &it.request()).await.status, 404);
    assert_eq!(it.trial.send_raw("POST", &it.path(), "application/json", String::new()).await.status, 400);
}

#[tokio::test]
async fn of_two_contacts_that_want_one_number_at_once_one_gets_it() {
    let trial = Trial::start().await;
    let mut attempts = Vec::new();
    for name in ["Ann", "Bea", "Cora"] {
        let id = trial.contact(json!({"firstName": name}));
        let request = json!({
            "fieldSplit": {"firstName": {"original": name, "new": "Dee"}, "lastName": {"original": "", "new": ""},
                "phoneNumber": {"new": "+14165550188"}, "status": "original", "pipelineId": "original",
                "pipelineStage": "original", "assignees": "original", "outreachConfigId": "original"},
            "childRecordAssignment": {"conversations": {}, "applications": {}, "contactNotes": {},
                "reminders": {}, "trainingSnapshots": {}},
        });
        let trial = trial.clone();
        attempts.push(tokio::spawn(async move {
            trial.post(&format!("/api/contacts/{id}/separate"), &request).await.status
        }));
    }
    let mut statuses = Vec::new();
    for attempt in attempts {
        statuses.push(attempt.await.unwrap());
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 400, 400]);
}
