//! R3, R4 and R5: kills, power cuts, and a disk that fails, against the real store.
//!
//! `cargo run --release --package cleave-store --example bench_disk -- [--long] [--images N] [--seed N]`
//!
//! Prints a line a figure, with its seed, as the table of `cargo xtask bench reliability` reads it. Ends with 1 if anything is wrong, and with 2 if it cannot run here: it needs
//! `strace`, and the right to trace.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "it stops where it fails")]

#[allow(dead_code, reason = "what only the tests need")]
#[path = "../tests/disk/figure/mod.rs"]
mod figure;

use std::process::ExitCode;

use figure::child::{Program, hindrance};
use figure::report::{self, CI, LONG, Sizes};
use figure::run;

fn main() -> ExitCode {
    if run::is_child() {
        return ExitCode::SUCCESS;
    }
    if let Some(why) = hindrance() {
        println!("NOT RUN R3, R4, R5: {why}");
        return ExitCode::from(2);
    }
    let args: Vec<String> = std::env::args().collect();
    let number = |name: &str| {
        args.iter().skip_while(|arg| *arg != name).nth(1).map(|text| text.parse::<u64>().unwrap())
    };
    let sizes = if args.iter().any(|arg| arg == "--long") { LONG } else { CI };
    let sizes = Sizes {
        images: number("--images").map_or(sizes.images, |images| usize::try_from(images).unwrap()),
        seed: number("--seed").unwrap_or(sizes.seed),
        ..sizes
    };
    let program = Program { args: Vec::new() };
    let figures: [&dyn Fn() -> Vec<report::Line>; 3] =
        [&|| report::kills(&program, sizes).into(), &|| report::cuts(&program, sizes).into(), &|| {
            vec![report::failures(&program, sizes)]
        }];
    let mut wrong = 0;
    for figure in figures {
        for line in figure() {
            println!("{}", line.printed);
            line.wrong.iter().take(10).for_each(|line| println!("  {line}"));
            wrong += line.wrong.len();
        }
    }
    ExitCode::from(u8::from(wrong > 0))
}
