//! Every route the client uses: one table.
//!
//! Only `documented` routes can be relied on. What is `published` was seen on other pages of the vendor, what is
//! `inferred` is named by analogy; where such a route answers 404 or 405, Cleave goes on without it and says what is
//! missing.

use reqwest::Method;

/// A route by its stable name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // The table below says what each is.
pub enum Route {
    Login,
    VerifyToken,
    Refresh,
    Users,
    Pipelines,
    ListReviews,
    GetReview,
    PendingReviews,
    Merge,
    KeepSeparate,
    Separate,
    ListContacts,
    GetContact,
    PhoneLookup,
    SeparationData,
    Conversations,
    Messages,
    Applications,
    Notes,
    Reminders,
    Documents,
    Protection,
    Settings,
    PutSettings,
}

/// How certain the contract is about a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grade {
    /// On the reference pages.
    Documented,
    /// Seen on another page.
    Published,
    /// Named by analogy.
    Inferred,
}

impl Grade {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Grade::Documented => "documented",
            Grade::Published => "published",
            Grade::Inferred => "inferred",
        }
    }
}

struct Row {
    route: Route,
    name: &'static str,
    label: &'static str,
    method: Method,
    template: &'static str,
    grade: Grade,
    without: &'static str,
}

macro_rules! table {
    ($($route:ident $name:literal $label:literal $method:ident $template:literal $grade:ident $without:literal;)*) => {
        const TABLE: &[Row] = &[$(Row {
            route: Route::$route, name: $name, label: $label, method: Method::$method, template: $template,
            grade: Grade::$grade, without: $without,
        }),*];
    };
}

table! {
    Login "login" "Sign in" POST "/api/auth/login" Published
        "Signing in needs a token made elsewhere.";
    VerifyToken "verifyToken" "Check the session" GET "/api/auth/verify-token" Published
        "A session that has ended is noticed only when something else is refused.";
    Refresh "refresh" "Renew the session" POST "/api/auth/refresh" Published
        "You sign in again when the session ends.";
    Users "users" "People" GET "/api/users" Inferred
        "The role behind a pasted token is found out by trying, and people are shown by their ids.";
    Pipelines "pipelines" "Pipelines" POST "/api/pipelines/list" Published
        "Pipelines and stages are shown by their ids.";
    ListReviews "listReviews" "Review queue" GET "/api/contacts/dedup-reviews" Inferred
        "The queue is put together from the pending reviews of each contact, which takes longer.";
    GetReview "getReview" "One review" GET "/api/contacts/dedup-reviews/{}" Inferred
        "How a review was resolved elsewhere cannot be read; only that it is no longer pending.";
    PendingReviews "pendingReviews" "Pending reviews of a contact" GET "/api/contacts/{}/dedup-reviews/pending" Published
        "Reviews that a merge closes on the way are noticed only with the next round.";
    Merge "merge" "Merge a pair" PATCH "/api/contacts/dedup-reviews/{}/merge" Published
        "Pairs cannot be merged from here.";
    KeepSeparate "keepSeparate" "Keep a pair separate" PATCH "/api/contacts/dedup-reviews/{}/keep-separate" Documented
        "";
    Separate "separate" "Separate a contact" POST "/api/contacts/{}/separate" Documented
        "";
    ListContacts "listContacts" "Contacts" GET "/api/contacts" Published
        "Contacts are read one by one, as reviews name them.";
    GetContact "getContact" "One contact" GET "/api/contacts/{}" Published
        "Fields that the review does not carry are not shown.";
    PhoneLookup "phoneLookup" "Who holds a phone number" POST "/api/contacts/phoneNumber" Published
        "Whether another contact holds a number is looked up in the list of contacts.";
    SeparationData "separationData" "All records of a contact" GET "/api/contacts/{}/separation-data" Published
        "Records are read kind by kind; reminders, training snapshots and some conversations may be missing.";
    Conversations "conversations" "Conversations" POST "/api/conversation/all" Published
        "Conversations are not shown.";
    Messages "messages" "Messages of a conversation" POST "/api/conversation/messages" Published
        "Messages are not shown, and no conversation can be cut.";
    Applications "applications" "Applications" POST "/api/applications/list" Published
        "Applications are not shown.";
    Notes "notes" "Notes" GET "/api/contact-notes" Published
        "Notes are not shown.";
    Reminders "reminders" "Reminders" GET "/api/reminders" Published
        "Reminders are not shown.";
    Documents "documents" "Documents" GET "/api/contacts/{}/documents" Published
        "Documents are not shown.";
    Protection "protection" "Protection of a contact" GET "/api/contacts/{}/protection-status" Published
        "Cleave cannot warn that somebody is working with a contact.";
    Settings "settings" "Matching settings" GET "/api/organizations/{}/contact-fuzzy-merge-settings" Documented
        "";
    PutSettings "putSettings" "Change the matching settings" PUT "/api/organizations/{}/contact-fuzzy-merge-settings" Documented
        "";
}

impl Route {
    /// Every route, in the order of the table.
    pub fn all() -> impl Iterator<Item = Route> {
        TABLE.iter().map(|row| row.route)
    }

    /// The route with a stable name.
    pub fn from_name(name: &str) -> Option<Route> {
        TABLE.iter().find(|row| row.name == name).map(|row| row.route)
    }

    fn row(self) -> &'static Row {
        // A test holds that every route stands in the table at its own place.
        &TABLE[self as usize]
    }

    /// Stable name.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// What an admin would call it.
    pub fn label(self) -> &'static str {
        self.row().label
    }

    /// How certain the contract is about it.
    pub fn grade(self) -> Grade {
        self.row().grade
    }

    /// What is missing without it, in words; empty for what the contract documents.
    pub fn without(self) -> &'static str {
        self.row().without
    }

    /// Whether using it changes something on the server, so that it cannot be probed.
    pub fn changes_something(self) -> bool {
        matches!(
            self,
            Route::Merge
                | Route::KeepSeparate
                | Route::Separate
                | Route::PutSettings
                | Route::Login
                | Route::Refresh
        )
    }

    pub(crate) fn method(self) -> Method {
        self.row().method.clone()
    }

    /// The path with the id in its place. `None` for an id that no path can carry: an empty one, or one that a URL
    /// takes for a step up.
    pub(crate) fn path(self, id: &str) -> Option<String> {
        let template = self.row().template;
        if !template.contains("{}") {
            return Some(template.to_owned());
        }
        if matches!(id, "" | "." | "..") {
            return None;
        }
        Some(template.replace("{}", &encode(id)))
    }
}

/// Percent-encodes everything but the unreserved characters of RFC 3986.
fn encode(id: &str) -> String {
    let mut encoded = String::with_capacity(id.len());
    for byte in id.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                encoded.push(char::from(byte))
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_stands_at_its_own_place() {
        for (place, route) in Route::all().enumerate() {
            assert_eq!(route as usize, place);
            assert_eq!(Route::from_name(route.name()), Some(route));
            assert_eq!(route.without().is_empty(), route.grade() == Grade::Documented, "{}", route.name());
        }
        assert_eq!(Route::all().last(), Some(Route::PutSettings));
    }

    #[test]
    fn the_described_interface_has_every_route() {
        let described: serde_json::Value = serde_json::from_str(cleave_wire::OPENAPI_JSON).unwrap();
        let paths = described["paths"].as_object().unwrap();
        let bare = |path: &str| {
            path.split('/').map(|s| if s.starts_with('{') { "{}" } else { s }).collect::<Vec<_>>().join("/")
        };
        for row in TABLE {
            let method = row.method.as_str().to_lowercase();
            let found =
                paths.iter().any(|(path, item)| bare(path) == row.template && item.get(&method).is_some());
            assert!(found, "{method} {}", row.template);
        }
    }

    #[test]
    fn ids_stay_inside_their_segment() {
        let path = |id: &str| Route::GetReview.path(id);
        assert_eq!(path("65f0").as_deref(), Some("/api/contacts/dedup-reviews/65f0"));
        assert_eq!(path("a/../b?c#d%").as_deref(), Some("/api/contacts/dedup-reviews/a%2F..%2Fb%3Fc%23d%25"));
        assert_eq!(path("é").as_deref(), Some("/api/contacts/dedup-reviews/%C3%A9"));
        for id in ["", ".", ".."] {
            assert_eq!(path(id), None);
        }
        assert_eq!(Route::ListReviews.path("").as_deref(), Some("/api/contacts/dedup-reviews"));
    }
}
