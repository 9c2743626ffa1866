//! What people and the organisation write to each other, by language. `{me}` is the contact's first name, `{us}` the
//! colleague's.

use super::names::Tongue;

/// One exchange: inbound and outbound in turn, inbound first.
pub(super) type Exchange = &'static [&'static str];

/// Exchanges in a language; English where there are none.
pub(super) fn exchanges(tongue: Tongue) -> &'static [Exchange] {
    match tongue {
        Tongue::English | Tongue::Polish => ENGLISH,
        Tongue::German => GERMAN,
        Tongue::French => FRENCH,
        Tongue::Spanish => SPANISH,
    }
}

const ENGLISH: &[Exchange] = &[
    &[
        "Hello, I saw your offer on the website. Is it still available?",
        "Hi {me}, yes it is. When would be a good time to call you?",
        "Tomorrow after 5 would be best. Thanks, {me}",
        "Noted, I will ring you at half past five. {us}",
    ],
    &[
        "Could you send me the paperwork again? I cannot find it any more.",
        "Of course {me}, I have just sent it to your mail address.",
        "Got it, thank you!",
    ],
    &[
        "I need to move our appointment on Thursday, something came up at work.",
        "No problem. Would Monday morning at 10 suit you?",
        "Monday at 10 is perfect.",
        "Great, see you then {me}.",
        "See you.",
    ],
    &[
        "Is this still the right number for the billing department?",
        "It is. How can I help?",
        "I was charged twice in March.",
    ],
    &[
        "Good morning, just checking in on my application.",
        "Good morning {me}. It is with the second reviewer now, I expect an answer by Friday.",
        "Lovely, thanks for letting me know.",
    ],
    &["Thanks again for yesterday, the children loved it.", "So glad to hear that, {me}!"],
    &[
        "Do you have anything a bit smaller, for two people?",
        "We do, let me send you three suggestions.",
        "The second one looks good. What would it cost with insurance?",
        "With insurance it is 84 a month. Shall I put it on hold for you?",
        "Yes please. Regards, {me}",
    ],
    &[
        "Please stop calling before nine, I work nights.",
        "Apologies {me}, I have put a note on your file. {us}",
    ],
];

const GERMAN: &[Exchange] = &[
    &[
        "Guten Tag, ist das Angebot noch gültig?",
        "Guten Tag {me}, ja, bis Ende des Monats.",
        "Wunderbar, dann melde ich mich nächste Woche. Viele Grüße, {me}",
    ],
    &[
        "Ich habe die Unterlagen nicht bekommen.",
        "Das tut mir leid, ich schicke sie heute noch einmal. {us}",
        "Danke, sind da.",
    ],
    &["Können wir den Termin auf Dienstag legen?", "Dienstag um 14 Uhr?", "Passt gut."],
];

const FRENCH: &[Exchange] = &[
    &[
        "Bonjour, est-ce que je peux venir samedi matin ?",
        "Bonjour {me}, bien sûr, à partir de dix heures.",
        "Parfait, à samedi. {me}",
    ],
    &[
        "Je n'arrive pas à ouvrir le document.",
        "Je vous le renvoie dans un autre format. {us}",
        "Merci beaucoup !",
    ],
];

const SPANISH: &[Exchange] = &[
    &[
        "Buenos días, ¿siguen teniendo plazas para el curso?",
        "Buenos días {me}, quedan dos.",
        "Estupendo, reserve una para mí, por favor. {me}",
    ],
    &["¿Podría llamarme por la tarde?", "Claro que sí, ¿a las seis?", "A las seis, gracias."],
];

/// How somebody else turns up in a thread: the new owner of the number. `{new}` is the new first name, `{me}` the one
/// the organisation still believes to write to.
pub(super) const TAKEOVERS: [Exchange; 3] = [
    &[
        "Hi, this is {new}, I have this number now. I think you are looking for the previous owner.",
        "Oh, sorry about that! So this is not {me} any more?",
        "No, I got the number with a new contract last month. My name is {new}.",
        "Thank you for telling us, {new}. May we ask whether you are interested in an offer of your own?",
        "Actually yes, I have been looking for something like that. Could you write to me? {new}",
    ],
    &[
        "Wrong person, I am afraid. This is {new}, I don't know any {me}.",
        "Apologies {new}. We will correct our records.",
        "No worries. While you are at it: do you still do the weekend tours?",
        "We do! I will send you the dates, {new}.",
        "Great, thanks. {new}",
    ],
    &[
        "Hello, {new} here. {me} is my sister, she gave me her old phone. You can reach me on it from now on.",
        "Hi {new}, nice to meet you. Is there a new number for {me}?",
        "She will write to you herself. I would like to book for the two of us though.",
        "With pleasure, {new}. Which day would suit you?",
        "The 14th, in the morning if possible.",
        "Booked. See you on the 14th, {new}.",
    ],
];

/// Subject lines of mail.
pub(super) const SUBJECTS: [&str; 6] =
    ["Your enquiry", "Documents", "Appointment", "Re: Offer", "A question about my invoice", "Thank you"];

/// What colleagues note about a contact.
pub(super) const NOTES: [&str; 9] = [
    "Prefers to be called in the evening.",
    "Asked for the larger model, budget not settled.",
    "Spoke on the phone, sounded different from last time. Same person?",
    "Sent the contract, waiting for the signature.",
    "Met at the fair, very interested.",
    "Two people seem to use this number. Check before calling.",
    "Referred by a colleague.",
    "Complained about late delivery; resolved.",
    "Please use the mail address, the phone is often off.",
];

/// What reminders are about.
pub(super) const REMINDERS: [&str; 5] = [
    "Call back about the offer",
    "Ask for the missing signature",
    "Birthday greeting",
    "Check whether the invoice was paid",
    "Follow up after the visit",
];

/// What applications are for, with where they may stand.
pub(super) const APPLICATIONS: [(&str, &str); 5] = [
    ("Membership", "submitted"),
    ("Credit line", "in_review"),
    ("Lease", "approved"),
    ("Refund", "declined"),
    ("Course place", "submitted"),
];

/// Files that were handed in.
pub(super) const FILES: [(&str, &str, &str); 5] = [
    ("identity-card.pdf", "application/pdf", "identity"),
    ("signed-contract.pdf", "application/pdf", "contract"),
    ("proof-of-address.jpg", "image/jpeg", "proof_of_address"),
    ("payslip.pdf", "application/pdf", "income"),
    ("photo.png", "image/png", "photo"),
];
