//! What people call the fields of a contact and the counters of a separation.

/// A field by its path. One that nobody has named is read from its path.
pub(crate) fn field(path: &str) -> String {
    let known = match path {
        "email" => "E-mail",
        "phoneNumber" => "Phone",
        "secondaryPhoneNumber" => "Further phone",
        "pipelineId" => "Pipeline",
        "pipelineStage" => "Stage",
        "outreachConfigId" => "Outreach",
        "userId" => "Owner",
        "documents" => "Documents",
        "misc" => "Free-form fields",
        path => return words(path.strip_prefix("misc.").unwrap_or(path)),
    };
    known.to_owned()
}

/// A counter of the summary by its name in the contract.
pub(super) fn counter(name: &str) -> String {
    match name {
        "notesMoved" => "Notes moved".to_owned(),
        "messagesReassigned" => "Messages that change hands".to_owned(),
        name => words(name),
    }
}

/// `address.streetAddress` as “Address street address”.
fn words(path: &str) -> String {
    let mut text = String::with_capacity(path.len() + 4);
    let mut before = ' ';
    for letter in path.chars() {
        let parts = matches!(letter, '.' | '_' | '-');
        if parts || (letter.is_ascii_uppercase() && before.is_ascii_lowercase()) {
            text.push(' ');
        }
        match letter {
            _ if parts => {}
            letter if text.is_empty() => text.extend(letter.to_uppercase()),
            letter if before.is_ascii_lowercase() => text.extend(letter.to_lowercase()),
            letter => text.push(letter),
        }
        before = letter;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_read_as_words() {
        for (path, label) in [
            ("firstName", "First name"),
            ("dateOfBirth", "Date of birth"),
            ("phoneNumber", "Phone"),
            ("address.streetAddress", "Address street address"),
            ("misc.secondEmail", "Second email"),
            ("misc.VIP", "VIP"),
            ("misc.loan_amount", "Loan amount"),
            ("company", "Company"),
        ] {
            assert_eq!(field(path), label, "{path}");
        }
        assert_eq!(counter("trainingSnapshotsMoved"), "Training snapshots moved");
    }
}
