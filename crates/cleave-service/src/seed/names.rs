//! Names and places the generated people take theirs from, by the language they write in.

/// A language of the generated world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tongue {
    /// English.
    English,
    /// German.
    German,
    /// French.
    French,
    /// Spanish.
    Spanish,
    /// Polish.
    Polish,
}

/// What people of one language are called and where they live.
pub(super) struct Stock {
    pub(super) tongue: Tongue,
    /// First names, apart by spaces, as are all words here.
    pub(super) first: &'static str,
    /// Last names.
    pub(super) last: &'static str,
    /// Beginnings and endings that any two of make a last name: what keeps a large world from being full of namesakes.
    pub(super) made: (&'static str, &'static str),
    pub(super) streets: &'static [&'static str],
    /// City, state, country.
    pub(super) cities: &'static [(&'static str, &'static str, &'static str)],
}

/// All stocks; the first is the most common one.
pub(super) const STOCKS: [Stock; 5] = [
    Stock {
        tongue: Tongue::English,
        first: "Jane Janet William Elizabeth Robert Margaret Thomas Catherine James Susan Michael Deborah \
            Christopher Patricia Joseph Alexandra Daniel Victoria Samuel Jennifer Andrew Rebecca \
            Nicholas Abigail Benjamin Theresa Edward Pamela Gregory Amanda Owen Sheila Malcolm Fiona \
            Desmond Aisha Rajesh Mei Kwame Olivia",
        last: "Ashworth Bramwell Calloway Davenport Ellison Fairbanks Garrick Hargrove Ingram Jessop \
            Kingsley Lockhart Merriweather Northcott Osgood Penhallow Quincey Ravenscroft Stanhope \
            Thackeray Underwood Vickers Wetherby Yarrow Abernathy Blackwood Carmichael Drummond Everett \
            Fenwick O'Connell McAllister Singh Okafor Chen Patel",
        made: (
            "Ald Ash Barn Beck Birch Brack Bram Bren Brom Cald Carl Chad Chil Clay Clif Cobb Col Cran \
            Crom Dal Den Dray Dun Eden El Fair Farn Fen Gar Glen Gran Had Hal Ham Har Hazel Hel Hol Horn \
            Kel Kem Kir Lang Lin Lock Mal Mar Mel Mid Nor Oak Pem Pres Rad Ram Red Rock Row Sel Shel \
            Stan Sut Thorn Til Wal War Wen Whit Win Wood",
            "acre borough bridge brook bury by combe cote croft dale den field ford gate ham hurst ingham \
            ington land leigh lock low man mere more ridge shaw side ston thorpe ton ville wall ward way \
            well wick win wood worth",
        ),
        streets: &[
            "Maple Avenue",
            "Harbour Street",
            "Mill Lane",
            "Orchard Road",
            "Station Road",
            "Elm Street",
            "Kingfisher Close",
            "Lakeview Drive",
            "Cedar Court",
            "Church Street",
        ],
        cities: &[
            ("Toronto", "ON", "CA"),
            ("Boston", "MA", "US"),
            ("Portland", "OR", "US"),
            ("Leeds", "", "GB"),
            ("Denver", "CO", "US"),
            ("Halifax", "NS", "CA"),
        ],
    },
    Stock {
        tongue: Tongue::German,
        first: "Jürgen Sabine Katharina Matthias Änne Friedrich Ursula Björn Heike Maximilian Lieselotte \
            Wolfgang",
        last: "Müller Schröder Köhler Großmann Vogel Lindner Brandt Jäger Weiß Hoffmann Böttcher Schäfer",
        made: (
            "Achen Birken Blumen Buchen Eber Eichen Falken Garten Grün Hagen Hasel Hirsch Kirsch Linden \
            Lauter Moor Nuss Ober Reichen Rosen Schön Stein Tannen Wald Wasser Weiden Wiesen Winter",
            "auer bach berg berger brück dorf eck feld hauer heim hof hofer kamp mann meier müller ried \
            stein taler thal",
        ),
        streets: &["Lindenstraße", "Hauptstraße", "Am Mühlbach", "Gartenweg"],
        cities: &[("Köln", "NW", "DE"), ("Freiburg", "BW", "DE"), ("Zürich", "ZH", "CH")],
    },
    Stock {
        tongue: Tongue::French,
        first: "Hélène François Chloé Jérôme Amélie Étienne Noémie Loïc Geneviève Théo",
        last: "Lefèvre Beauchêne Dubois Moreau Saint-Clair Garnier Rousseau Noël Caron",
        made: (
            "Beau Belle Bois Bon Chante Château Clair Dela Des Fon Grand Haute Lan Mont Neuf Petit Pierre \
            Pont Roche Val",
            "bert bois champ court fort garde haie lieu marais mont pré rive roux taine val ville",
        ),
        streets: &["rue des Lilas", "avenue de la Gare", "rue du Moulin"],
        cities: &[("Lyon", "", "FR"), ("Montréal", "QC", "CA"), ("Nantes", "", "FR")],
    },
    Stock {
        tongue: Tongue::Spanish,
        first: "José María Andrés Lucía Íñigo Begoña Joaquín Inés Ramón Sofía",
        last: "García Núñez Ibáñez Rodríguez Peña Castaño Fernández Ruiz Ortega",
        made: (
            "Alda Ara Bar Cabr Cald Camp Carr Cer Esc Fuen Gall Guer Hern Mal Mir Mont Pal Quin Sal Vill",
            "alba ales alón anda anza edo enar eño era ero eta ido illo ina ora uela",
        ),
        streets: &["Calle Mayor", "Avenida del Parque", "Calle del Olmo"],
        cities: &[("Valencia", "", "ES"), ("Austin", "TX", "US"), ("Sevilla", "", "ES")],
    },
    Stock {
        tongue: Tongue::Polish,
        first: "Łukasz Agnieszka Michał Małgorzata Stanisław Zofia Grzegorz Bożena",
        last: "Wójcik Kowalczyk Zieliński Dąbrowska Woźniak Król Mazur",
        made: (
            "Bara Bor Brzo Cha Do Gło Gra Jab Ja Kali Ko Kra La Lipi Mali No Ol Paw Ru Sta Wi Zawa",
            "bowski chowicz czak czewski kowski lewski lik narski niak nowicz ński sik szek walski wiak \
            wski",
        ),
        streets: &["ulica Lipowa", "ulica Polna"],
        cities: &[("Kraków", "", "PL"), ("Chicago", "IL", "US"), ("Gdańsk", "", "PL")],
    },
];

/// Short forms that people go by.
pub(super) const SHORT: [(&str, &str); 22] = [
    ("William", "Bill"),
    ("Elizabeth", "Liz"),
    ("Robert", "Bob"),
    ("Margaret", "Peggy"),
    ("Thomas", "Tom"),
    ("Catherine", "Kate"),
    ("James", "Jim"),
    ("Susan", "Sue"),
    ("Michael", "Mike"),
    ("Deborah", "Debbie"),
    ("Christopher", "Chris"),
    ("Patricia", "Pat"),
    ("Joseph", "Joe"),
    ("Alexandra", "Alex"),
    ("Daniel", "Dan"),
    ("Victoria", "Vicky"),
    ("Samuel", "Sam"),
    ("Jennifer", "Jenny"),
    ("Andrew", "Andy"),
    ("Rebecca", "Becky"),
    ("Edward", "Ted"),
    ("Maximilian", "Max"),
];

/// Employers.
pub(super) const COMPANIES: [&str; 14] = [
    "Brightwater Ltd",
    "Copperfield & Sons",
    "Juniper Analytics",
    "Northern Star Logistics",
    "Quarry Hill Dental",
    "Redwood Joinery",
    "Salt Marsh Press",
    "Tidewater Marine",
    "Umber Studio",
    "Verdant Foods",
    "Willow Bank School",
    "Zephyr Cycles",
    "Lantern Insurance",
    "Oak & Iron Builders",
];

/// Where contacts came from.
pub(super) const SOURCES: [&str; 6] = ["website", "referral", "trade fair", "import", "walk-in", "campaign"];
