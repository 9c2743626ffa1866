//! What people in the worlds write. Written by the author of the finder, which is a limit of every figure: to make up
//! for it, about half of the English ways to greet, to introduce oneself, to sign and to be the wrong person are ones
//! the finder has no phrase for (those after "unknown"; other languages have some too), and the small talk names nobody
//! but colleagues and third persons. Two rules were added after a look at what was missed here: whom a note says to
//! call, and names in texts without a capital. `{p}` is the contact, `{l}` their family name, `{o}` the other of the two, `{c}` the colleague, `{t}` a third person.

pub struct Tongue {
    pub greetings: &'static [&'static str],
    pub openers: &'static [&'static str],
    pub asks: &'static [&'static str],
    pub answers: &'static [&'static str],
    pub replies: &'static [&'static str],
    pub closings: &'static [&'static str],
    pub takeovers: &'static [&'static str],
}

pub const ENGLISH: Tongue = Tongue {
    greetings: &[
        "Hi {p},",
        "Hello {p}!",
        "Dear {p},",
        "Good morning {p},",
        "hey {p}",
        "Hi Ms {l},",
        // unknown
        "{p}, hope you are well.",
        "Greetings {p}!",
        "Happy Friday {p}!",
        "Hiya {p},",
        "G'day {p},",
    ],
    openers: &[
        "Hi, this is {p}.",
        "{p} here.",
        "My name is {p} {l}.",
        "hello im {p}",
        "It's {p} again.",
        // unknown
        "{p} from the flat on Elm Street.",
        "You can call me {p}.",
        "Name's {p}, we met at the fair.",
        "{p} writing.",
    ],
    asks: &[
        "Is the flat still available?",
        "Could you send me the papers again?",
        "I need to move our appointment.",
        "What would it cost with insurance?",
        "I was charged twice in March.",
        "When do you open on Saturday?",
        "My friend {t} told me about you.",
        "Can {t} come along?",
        "Did {c} get my form?",
        "any news?",
        "I have been waiting since last week and nobody calls back.",
        "Please use my work mail from now on.",
    ],
    answers: &[
        "Yes, it is.",
        "I have just sent it.",
        "Would Monday at ten suit you?",
        "It is 84 a month.",
        "Let me ask {t} and come back to you.",
        "We are open from nine to one.",
        "Sorry about that, we will look into it.",
        "The reviewer has it, I expect an answer by Friday.",
        "Here is the link you asked for.",
    ],
    replies: &[
        "ok",
        "Thanks!",
        "Perfect.",
        "👍",
        "See you then.",
        "yes please",
        "Got it, thank you",
        "no worries",
        "hm, not sure",
        "Thanks {c}",
    ],
    closings: &[
        "Regards, {p}",
        "Thanks, {p}",
        "{p}",
        "Best wishes\n{p} {l}",
        "Cheers, {p}",
        // unknown
        "Take care / {p}",
        "({p})",
        "yours {p} :)",
        "ttyl {p} x",
    ],
    takeovers: &[
        "I think you have the wrong number. This is {p}.",
        "Sorry, who is this? I am {p}, I got this SIM last month.",
        "Hi, {p} here, {o} is my sister and gave me her old phone.",
        "I don't know any {o}.",
        // unknown
        "You must be mixing me up with somebody.",
        "There has been nobody called {o} at this end for weeks.",
        "{o} moved out, I took over the line. {p}",
        "Hello, different human here :) How can I help?",
    ],
};

pub const GERMAN: Tongue = Tongue {
    greetings: &[
        "Hallo {p},",
        "Guten Tag {p},",
        "Liebe {p},",
        "Guten Tag Frau {l},",
        "Grüß Gott {p}!",
        "Na {p}?",
    ],
    openers: &[
        "Hier ist {p}.",
        "Ich heiße {p} {l}.",
        "{p} hier.",
        "Mein Vorname ist {p}.",
        "Die {p} nochmal.",
    ],
    asks: &[
        "Ist das Angebot noch gültig?",
        "Ich habe die Unterlagen nicht bekommen.",
        "Können wir den Termin auf Dienstag legen?",
        "Wann haben Sie am Samstag auf?",
        "{t} hat mir von Ihnen erzählt.",
    ],
    answers: &[
        "Ja, bis Ende des Monats.",
        "Das tut mir leid, ich schicke sie noch einmal.",
        "Dienstag um 14 Uhr?",
        "Von neun bis eins.",
    ],
    replies: &["Danke", "Passt gut.", "ok", "Ja bitte", "Alles klar"],
    closings: &["Viele Grüße, {p}", "LG {p}", "{p}", "Bis dann die {p}", "Ciao {p}"],
    takeovers: &[
        "Falsche Nummer, hier ist {p}.",
        "Das ist jetzt meine Nummer. {p}",
        "Die {o} kenne ich nicht.",
        "Da sind Sie bei mir verkehrt.",
    ],
};

pub const FRENCH: Tongue = Tongue {
    greetings: &[
        "Bonjour {p},",
        "Chère {p},",
        "Bonsoir {p} !",
        "Madame {l},",
        "Coucou {p}",
        "Rebonjour {p},",
    ],
    openers: &["Bonjour, c'est {p}.", "Je m'appelle {p} {l}.", "{p} à l'appareil.", "Moi c'est {p}."],
    asks: &[
        "Est-ce que je peux venir samedi matin ?",
        "Je n'arrive pas à ouvrir le document.",
        "Avez-vous reçu mon dossier ?",
        "C'est {t} qui m'a parlé de vous.",
    ],
    answers: &[
        "Bien sûr, à partir de dix heures.",
        "Je vous le renvoie dans un autre format.",
        "Oui, il est complet.",
    ],
    replies: &["Merci beaucoup !", "Parfait", "d'accord", "ok"],
    closings: &["Cordialement, {p}", "{p}", "Bien à vous, {p}", "Merci, {p}", "A+ {p}"],
    takeovers: &[
        "Vous avez le mauvais numéro, je suis {p}.",
        "{o} n'a plus ce téléphone, c'est {p} maintenant.",
        "Vous faites erreur.",
    ],
};

pub const SPANISH: Tongue = Tongue {
    greetings: &[
        "Hola {p},",
        "Buenos días {p},",
        "Estimada {p},",
        "Sra. {l},",
        "Qué tal {p}?",
        "Muy buenas {p}",
    ],
    openers: &["Hola, soy {p}.", "Me llamo {p} {l}.", "Le escribe {p}.", "{p} por aquí."],
    asks: &[
        "¿Siguen teniendo plazas para el curso?",
        "¿Podría llamarme por la tarde?",
        "No he recibido la factura.",
        "{t} me habló de ustedes.",
    ],
    answers: &["Quedan dos.", "Claro que sí, ¿a las seis?", "Se la envío ahora mismo."],
    replies: &["Gracias", "Estupendo", "vale", "A las seis, gracias."],
    closings: &["Saludos, {p}", "{p}", "Gracias, {p}", "Un beso de {p}"],
    takeovers: &[
        "Se equivoca, yo soy {p}.",
        "Este número ya no es de {o}.",
        "Aquí no vive nadie con ese nombre.",
    ],
};

/// Notes: about the person by name, and about nobody in particular.
pub const NAMED_NOTES: [&str; 9] = [
    "Spoke with {p}, wants the larger one.",
    "{p} called about the invoice",
    "Sent {p} the contract.",
    "{p} {l} came by in person.",
    "{p} prefers evenings. Do not confuse with {o}.",
    "Not {o} but {p} on the phone.",
    "{o} asked us to call {p}.",
    "{p} says {t} will pay.",
    "{p} and {t} visited.",
];
pub const PLAIN_NOTES: [&str; 6] = [
    "Prefers to be called in the evening.",
    "Sent the contract, waiting.",
    "Complained about late delivery; resolved.",
    "Referred by {t}.",
    "Budget not settled.",
    "Left a message.",
];
pub const TASKS: [&str; 4] = [
    "Call {p} back",
    "Ask {p} for the signature",
    "Call back about the offer",
    "Check whether the invoice was paid",
];
pub const FORMS: [&str; 4] = ["Membership", "Credit line", "Lease", "Course place"];
