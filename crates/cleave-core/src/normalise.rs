//! Normalised forms of names, e-mail addresses, phone numbers and dates.
