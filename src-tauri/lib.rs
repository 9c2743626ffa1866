//! The shell: the window, and the commands it may call. Decides nothing.
//!
//! Promises: one window, which shows the embedded UI and can be led nowhere else; one process a home that writes; a
//! second start brings the first window to the front, and where it cannot find it, only reads; the window does not close
//! unasked over work that could still be sent. Not here yet: menus, notifications, the updater.

mod closing;
mod commands;
mod instance;
mod options;
mod sandbox;

use std::process::ExitCode;
use std::sync::Arc;

use cleave_app::home::Home;
use cleave_app::{App, AppConfig, secrets};
use tauri::{AppHandle, Manager, RunEvent, Url, WebviewWindowBuilder, WindowEvent};
use tauri_specta::{Builder, collect_commands};
use tracing_subscriber::EnvFilter;

pub use options::Options;
use sandbox::Sandbox;

/// Runs the window until it is closed.
///
/// What keeps it from starting is said on standard error, and in the exit code.
pub fn run(options: Options) -> ExitCode {
    let filter = EnvFilter::try_from_env("CLEAVE_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match start(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            tracing::error!("Cleave cannot start: {why}");
            ExitCode::FAILURE
        }
    }
}

fn start(options: &Options) -> Result<(), Box<dyn std::error::Error>> {
    cleave_app::install_tls();
    let root =
        options.home.clone().or_else(Home::default_root).ok_or("no folder to keep things in; use --home")?;
    let home = Home::open(&root)?;
    let instance = instance::plugin(&std::fs::canonicalize(&root)?);

    let commands = commands();
    let window = tauri::Builder::default()
        // First of all: a second start on the same home ends here, before it touches a file.
        .plugin(instance)
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .invoke_handler(commands.invoke_handler())
        .manage(closing::Question::default())
        .on_window_event(|window, event| {
            if let WindowEvent::CloseRequested { api, .. } = event {
                closing::requested(window.app_handle(), api);
            }
        })
        .setup(move |handle| {
            let app = tauri::async_runtime::block_on(open_app(home))?;
            let sandbox = Arc::new(Sandbox::new(root.join("sandbox")));
            handle.manage(app.clone());
            handle.manage(sandbox.clone());
            wake_sandbox(app, sandbox);
            Ok(open_window(handle)?)
        })
        .build(tauri::generate_context!("tauri.conf.json"))?;
    window.run(|handle, event| {
        if let RunEvent::Exit = event {
            tauri::async_runtime::block_on(close(handle));
        }
    });
    Ok(())
}

async fn open_app(home: Home) -> Result<App, Box<dyn std::error::Error>> {
    let at = home.clone();
    let secrets = tokio::task::spawn_blocking(move || secrets::choose(&at, None)).await??;
    Ok(App::start(AppConfig::new(home, secrets)).await?)
}

/// Lets go of the files. What was under way keeps its state and is taken up at the next start.
async fn close(handle: &AppHandle) {
    // First of all the name by which other starts find this one: there is no window left to bring to the front, and
    // whoever starts Cleave again means a new one, which then waits for the files.
    instance::let_go(handle);
    if let Some(app) = handle.try_state::<App>()
        && let Err(error) = app.shutdown().await
    {
        tracing::error!(code = ?error.code, "the last changes of a draft were not saved");
    }
    if let Some(sandbox) = handle.try_state::<Arc<Sandbox>>() {
        sandbox.shutdown().await;
    }
}

/// Starts the service of a sandbox that is the account in use, so that its window is online without a click.
fn wake_sandbox(app: App, sandbox: Arc<Sandbox>) {
    tauri::async_runtime::spawn(async move {
        if app.waits_for_sandbox()
            && let Err(error) = sandbox.connect(&app).await
        {
            tracing::warn!(code = ?error.code, "the sandbox did not wake");
        }
    });
}

/// Makes the window from its configuration, and keeps it where it belongs.
fn open_window(app: &mut tauri::App) -> tauri::Result<()> {
    for config in app.config().app.windows.clone() {
        WebviewWindowBuilder::from_config(app, &config)?.on_navigation(belongs_here).build()?;
    }
    Ok(())
}

/// Whether an address is the embedded UI. Everything else is refused: a dropped file, a link in a message.
fn belongs_here(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        // What Windows and Android use in place of a scheme of their own.
        "http" | "https" => url.host_str() == Some("tauri.localhost") && url.port().is_none(),
        _ => false,
    }
}

/// The commands, with their types, for the window and for the generated bindings.
fn commands() -> Builder<tauri::Wry> {
    // The types use no attribute that reads and writes differently, so one TypeScript type serves both ways.
    Builder::new().disable_serde_phases().commands(collect_commands![
        commands::open,
        commands::connect,
        commands::connect_sandbox,
        commands::reset_sandbox,
        commands::use_account,
        commands::sign_out,
        commands::pending_work,
        commands::export_work,
        commands::quit,
        commands::open_again,
        commands::salvage,
        commands::queue,
        commands::review,
        commands::decide,
        commands::outbox,
        commands::withdraw,
        commands::retry,
        commands::mark_applied,
        commands::mark_not_applied,
        commands::export_entry,
        commands::conflict,
        commands::rehearse,
        commands::take_size,
        commands::take_along,
        commands::stop_taking,
        commands::settings,
        commands::change_settings,
        commands::contacts,
        commands::history,
        commands::separation,
        commands::separation_of_entry,
        commands::separation_edit,
        commands::separation_undo,
        commands::separation_redo,
        commands::separation_discard,
        commands::separation_messages,
        commands::separation_find,
        commands::separation_suggestions,
        commands::separation_cuts,
        commands::separate,
        commands::sync_now,
    ])
}

#[cfg(test)]
mod navigation {
    #[test]
    fn the_window_can_be_led_nowhere_else() {
        let cases = [
            ("tauri://localhost/index.html", true),
            ("http://tauri.localhost/", true),
            ("http://tauri.localhost:8080/", false),
            ("https://example.com/", false),
            ("file:///etc/hosts", false),
            ("tauri://elsewhere/", false),
            ("javascript:alert(1)", false),
            ("data:text/html,x", false),
        ];
        for (url, expected) in cases {
            assert_eq!(super::belongs_here(&url.parse().unwrap()), expected, "{url}");
        }
    }
}

#[cfg(test)]
mod bindings {
    use specta_typescript::Typescript;

    const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/ui/src/ipc/bindings.ts");

    /// `ui/src/ipc/bindings.ts` is what the commands say. `cargo xtask bindings` writes it.
    #[test]
    fn bindings_are_up_to_date() {
        let fresh = tempfile::NamedTempFile::with_suffix(".ts").unwrap();
        let language = Typescript::default().header("// Generated by `cargo xtask bindings`. Do not edit.\n");
        super::commands().export(language, fresh.path()).unwrap();
        let text = std::fs::read_to_string(fresh.path()).unwrap();
        if std::env::var_os("CLEAVE_WRITE_BINDINGS").is_some() {
            std::fs::write(PATH, &text).unwrap();
        }
        let written = std::fs::read_to_string(PATH).unwrap_or_default();
        assert!(written == text, "bindings are out of date: run `cargo xtask bindings`");
    }
}
