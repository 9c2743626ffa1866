//! Build script of the shell: makes sure a fresh clone compiles before the UI is built.

use std::path::Path;

fn main() -> std::io::Result<()> {
    let index = Path::new("ui/dist/index.html");
    if !index.exists() {
        std::fs::create_dir_all("ui/dist")?;
        std::fs::write(
            index,
            "<!doctype html><title>Cleave</title><p>The UI is not built. Run <code>cargo xtask run</code>.",
        )?;
    }
    tauri_build::build();
    Ok(())
}
