use std::path::Path;

use tracing_appender::non_blocking::WorkerGuard;
use tracing_subscriber::EnvFilter;

/// Keeps the log being written; dropping it writes what is left.
pub(crate) struct Log(#[expect(dead_code, reason = "held for its Drop")] Option<WorkerGuard>);

/// Starts the log: a file a day in `folder`, fourteen of them kept, never a secret in one (secrets are a type that cannot be printed).
///
/// `OKIENKO_LOG` takes a filter such as `debug`. A second call in the same process changes nothing.
pub(crate) fn start_log(folder: &Path) -> Log {
    // The appender complains on the terminal about a folder that it could have made itself.
    let _ = std::fs::create_dir_all(folder);
    let files = tracing_appender::rolling::Builder::new()
        .rotation(tracing_appender::rolling::Rotation::DAILY)
        .filename_prefix("okienko")
        .filename_suffix("log")
        .max_log_files(14)
        .build(folder);
    // Without a log the program still works; there is nowhere to write that there is none.
    let Ok(files) = files else { return Log(None) };
    let (writer, guard) = tracing_appender::non_blocking(files);
    let filter = EnvFilter::try_from_env("OKIENKO_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let started =
        tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(writer).try_init();
    Log(started.is_ok().then_some(guard))
}
