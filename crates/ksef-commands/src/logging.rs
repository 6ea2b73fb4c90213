use std::path::Path;

use tracing_appender::non_blocking::WorkerGuard;
use tracing_subscriber::EnvFilter;

/// Keeps the log being written; dropping it writes what is left.
pub(crate) struct Log(#[expect(dead_code, reason = "held for its Drop")] Option<WorkerGuard>);

/// What carries secrets in the open on their way to the keychain and to KSeF: never more than its warnings, whatever
/// the filter says of everything.
const TALKATIVE: [&str; 8] = [
    "zbus",
    "secret_service",
    "zbus_secret_service_keyring_store",
    "keyring",
    "hyper",
    "hyper_util",
    "h2",
    "reqwest",
];

/// The filter that a person wrote; the usual one where there is none, or none that can be read.
fn filter(wanted: Option<&str>) -> EnvFilter {
    let parsed = wanted.and_then(|text| text.parse::<EnvFilter>().ok());
    let quieter = TALKATIVE.iter().filter_map(|name| format!("{name}=warn").parse().ok());
    quieter.fold(parsed.unwrap_or_else(|| EnvFilter::new("info")), EnvFilter::add_directive)
}

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
    let filter = filter(std::env::var("OKIENKO_LOG").ok().as_deref());
    let started =
        tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(writer).try_init();
    Log(started.is_ok().then_some(guard))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keychain_and_the_connection_are_never_logged_in_full() {
        for wanted in [None, Some("trace"), Some("not=a=filter"), Some("trace,zbus=trace")] {
            let shown = filter(wanted).to_string();
            for name in TALKATIVE {
                let kept = |directive: &str| directive == format!("{name}=warn");
                assert!(shown.split(',').any(kept), "{wanted:?}: {shown}");
                assert!(!shown.contains(&format!("{name}=trace")), "{wanted:?}: {shown}");
            }
        }
    }
}
