//! Passwords of the demo users, kept as Argon2id hashes.

use argon2::password_hash::{Encoding, PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use rand::Rng;

/// Memory in KiB, passes and lanes. Far below what a public server needs: the passwords are random words for a
/// demo on a loopback address, and every test and first start of the sandbox pays for the hash.
const COST: (u32, u32, u32) = (1024, 1, 1);

fn argon2() -> Result<Argon2<'static>, argon2::Error> {
    let (memory, passes, lanes) = COST;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(memory, passes, lanes, None)?))
}

/// The hash in PHC form, or what went wrong.
pub(crate) fn hash(password: &str) -> Result<String, String> {
    let salt = SaltString::encode_b64(&rand::random::<[u8; 16]>()).map_err(|e| e.to_string())?;
    let argon2 = argon2().map_err(|e| e.to_string())?;
    Ok(argon2.hash_password(password.as_bytes(), &salt).map_err(|e| e.to_string())?.to_string())
}

/// Whether a password belongs to a hash. A hash that cannot be read belongs to none.
pub(crate) fn matches(password: &str, hash: &str) -> bool {
    let Ok(hash) = PasswordHash::parse(hash, Encoding::B64) else { return false };
    argon2().is_ok_and(|argon2| argon2.verify_password(password.as_bytes(), &hash).is_ok())
}

/// A new password of 20 letters and digits without look-alikes, about 100 bits.
pub(crate) fn fresh() -> String {
    const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
    let mut random = rand::rng();
    (0..20).map(|_| char::from(LETTERS[random.random_range(0..LETTERS.len())])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_opens_its_own_hash_only() {
        let hashed = hash("correct horse").unwrap();
        assert!(matches("correct horse", &hashed));
        assert!(!matches("wrong horse", &hashed));
        assert!(!matches("correct horse", "no hash"));
        assert_ne!(fresh(), fresh());
    }
}
