//! What the columns of a file mean, by their headers.

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Column {
    /// A text field of the contact, such as `firstName`.
    Field(&'static str),
    /// First and last name in one.
    FullName,
    /// A phone number; the first one that is filled becomes the primary one.
    Phone,
    /// A part of `address`.
    Address(&'static str),
    /// Date of birth.
    Born,
    /// When the contact was made.
    Created,
    /// When it was last changed.
    Updated,
    /// Anything else, under `misc` by this name.
    Misc(String),
}

/// Headers as letters and digits in lower case, with what they mean.
const KNOWN: [(&[&str], Column); 16] = [
    (
        &["firstname", "givenname", "forename", "first", "vorname", "prenom", "nombre"],
        Column::Field("firstName"),
    ),
    (
        &["lastname", "surname", "familyname", "last", "nachname", "nom", "apellido"],
        Column::Field("lastName"),
    ),
    (&["name", "fullname", "contactname"], Column::FullName),
    (&["email", "emailaddress", "mail", "email1"], Column::Field("email")),
    (
        &[
            "phone",
            "phonenumber",
            "mobile",
            "mobilephone",
            "mobilenumber",
            "cell",
            "cellphone",
            "tel",
            "telephone",
            "phone1",
            "phone2",
            "homephone",
            "workphone",
            "secondaryphone",
            "secondaryphonenumber",
        ],
        Column::Phone,
    ),
    (&["company", "companyname", "organisation", "organization", "employer"], Column::Field("company")),
    (
        &["street", "streetaddress", "address", "address1", "addressline1", "addressstreetaddress"],
        Column::Address("streetAddress"),
    ),
    (&["city", "town", "suburb", "addresscity"], Column::Address("city")),
    (&["state", "province", "region", "county", "addressstate"], Column::Address("state")),
    (&["postcode", "postalcode", "zip", "zipcode", "addresspostalcode"], Column::Address("postalCode")),
    (&["country", "addresscountry"], Column::Address("country")),
    (&["dob", "dateofbirth", "birthdate", "birthday"], Column::Born),
    (&["status"], Column::Field("status")),
    (&["source", "leadsource"], Column::Field("source")),
    (&["created", "createdat", "createddate", "datecreated", "creationdate"], Column::Created),
    (&["updated", "updatedat", "modified", "modifiedat", "lastmodified"], Column::Updated),
];

/// The columns of a file in order.
pub(super) struct Headers(pub(super) Vec<Column>);

impl Headers {
    /// Reads a header line. A second column of the same meaning is kept under `misc`, except for numbers.
    pub(super) fn of(header: &[String]) -> Headers {
        let mut columns: Vec<Column> = Vec::new();
        for (at, name) in header.iter().enumerate() {
            let plain: String =
                name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
            let known = KNOWN
                .iter()
                .find(|(names, _)| names.contains(&plain.as_str()))
                .map(|(_, column)| column.clone());
            let column = known
                .filter(|column| *column == Column::Phone || !columns.contains(column))
                .unwrap_or_else(|| Column::Misc(unused(&columns, name, at)));
            columns.push(column);
        }
        Headers(columns)
    }

    /// Whether any column means something.
    pub(super) fn any_known(&self) -> bool {
        self.0.iter().any(|column| !matches!(column, Column::Misc(_)))
    }
}

/// A name under `misc` that no earlier column has.
fn unused(columns: &[Column], name: &str, at: usize) -> String {
    let name = if name.trim().is_empty() { format!("column {}", at + 1) } else { name.trim().to_owned() };
    let taken =
        |name: &str| columns.iter().any(|column| matches!(column, Column::Misc(known) if known == name));
    if !taken(&name) {
        return name;
    }
    (2..).map(|n| format!("{name} ({n})")).find(|name| !taken(name)).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_known_in_many_spellings() {
        let header = [
            "Given Name",
            "surname",
            "E-Mail",
            "Mobile",
            "phone",
            "ZIP Code",
            "shoe size",
            "shoe size",
            "",
            "email_address",
        ];
        let columns = Headers::of(&header.map(str::to_owned)).0;
        let misc = |name: &str| Column::Misc(name.to_owned());
        let expected = [
            Column::Field("firstName"),
            Column::Field("lastName"),
            Column::Field("email"),
            Column::Phone,
            Column::Phone,
            Column::Address("postalCode"),
            misc("shoe size"),
            misc("shoe size (2)"),
            misc("column 9"),
            misc("email_address"),
        ];
        assert_eq!(columns, expected);
    }
}
