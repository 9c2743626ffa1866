//! A key that words have in common when they sound alike or differ by the usual slips of the pen.

/// How much of a word the key covers: enough to tell surnames apart, short enough to forgive their endings.
const MAX_KEY: usize = 6;

/// The sound of the first word of a folded value: consonants by their class, doubles once, vowels only in front
/// (and there all the same). Letters outside `a`–`z` stand for themselves.
pub(crate) fn sound(word: &str) -> String {
    let letters: Vec<char> = word.chars().take_while(|c| *c != ' ').take(4 * MAX_KEY).collect();
    let mut key = String::new();
    let mut last = None;
    let mut at = 0;
    while key.chars().count() < MAX_KEY {
        let Some(&letter) = letters.get(at) else { break };
        let next = letters.get(at + 1).copied();
        let (class, taken) = class(letter, next);
        at += taken;
        match class {
            Some(class) if last != Some(class) && (class != VOWEL || key.is_empty()) => key.push(class),
            _ => {}
        }
        if class.is_some() {
            last = class;
        }
    }
    key
}

/// Stands for every vowel.
const VOWEL: char = 'a';

/// The class of the sound at a letter, `None` for a silent one, and how many letters make it.
fn class(letter: char, next: Option<char>) -> (Option<char>, usize) {
    match (letter, next) {
        ('p', Some('h')) => (Some('f'), 2),
        ('c', Some('h')) | ('s', Some('h')) => (Some('s'), 2),
        ('c', Some('k')) => (Some('k'), 2),
        ('c', Some('e' | 'i' | 'y')) => (Some('s'), 1),
        ('g', Some('h')) => (Some('k'), 2),
        ('k' | 'g', Some('n')) => (Some('n'), 2),
        ('a' | 'e' | 'i' | 'o' | 'u' | 'y', _) => (Some(VOWEL), 1),
        ('h', _) => (None, 1),
        ('w' | 'v', _) => (Some('v'), 1),
        ('c' | 'k' | 'q' | 'g', _) => (Some('k'), 1),
        ('s' | 'z' | 'x' | 'j', _) => (Some('s'), 1),
        ('d' | 't', _) => (Some('t'), 1),
        ('b' | 'p', _) => (Some('p'), 1),
        ('m' | 'n', _) => (Some('n'), 1),
        (other, _) => (Some(other), 1),
    }
}

#[cfg(test)]
mod tests {
    use super::sound;

    #[test]
    fn alike_words_share_a_key() {
        for (a, b) in [
            ("phillips", "filips"),
            ("schmidt", "shmit"),
            ("catherine", "katharine"),
            ("meyer", "maier"),
            ("thompson", "tompson"),
            ("knight", "night"),
            ("nguyen", "nguyenn"),
            ("obrien", "obryan"),
            ("иванов", "иванов"),
        ] {
            assert_eq!(sound(a), sound(b), "{a} {b}");
        }
    }

    #[test]
    fn other_words_do_not() {
        for (a, b) in [("smith", "jones"), ("lee", "lim"), ("anna", "emil"), ("王", "李"), ("ber", "bel")] {
            assert_ne!(sound(a), sound(b), "{a} {b}");
        }
        assert_eq!(sound(""), "");
        assert_eq!(sound("hh"), "");
    }
}
