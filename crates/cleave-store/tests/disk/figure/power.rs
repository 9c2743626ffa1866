//! R4: what power cuts leave.

use std::path::Path;

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::disk::Disk;
use super::look::{Figure, Looker};
use super::trace::{Act, Call};
use super::{WORKERS, scratch, shared};

/// Of so many images, one has the cache as the cut left it; in the others it is sound, which is quicker.
const WITH_CACHE: usize = 16;

/// Cuts the power after every call, so many times in all, and looks at what is left.
pub fn cuts(calls: &[Call], from: &Path, expected: &[String], images: usize, seed: u64) -> Figure {
    shared(|worker| {
        let folder = scratch();
        let mut looker = Looker::new(folder.path(), from, expected);
        let mut rng = ChaCha8Rng::seed_from_u64(seed ^ worker as u64);
        let (mut disk, mut saved, mut made) = (Disk::default(), 0, 0);
        for (number, call) in calls.iter().enumerate() {
            disk.apply(&call.act);
            saved += usize::from(matches!(call.act, Act::Saved));
            // Evenly over the session, and as many as were asked for.
            let due = images * (number + 1) / calls.len();
            while made < due {
                if made % WORKERS == worker {
                    let image = disk.cut(&mut rng);
                    let what = || format!("power cut after call {number}, image {made}");
                    looker.look(&image, saved, made % WITH_CACHE < WORKERS, what);
                }
                made += 1;
            }
        }
        looker.figure
    })
}
