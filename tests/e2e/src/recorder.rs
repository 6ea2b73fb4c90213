use serde_json::Value;

use crate::Window;

/// Writes down everything that the program tells the web view, so that a test can search it for secrets.
pub struct Recorder;

/// Answers of commands come through `fetch` on the `ipc` scheme, events through calls into the page.
const HOOK: &str = r"
    if (!window.__heard) {
        window.__heard = [];
        const fetched = window.fetch;
        window.fetch = async (...request) => {
            const response = await fetched(...request);
            response.clone().text().then(text => window.__heard.push(text)).catch(() => {});
            return response;
        };
        const internals = window.__TAURI_INTERNALS__;
        const called = internals.runCallback;
        try {
            internals.runCallback = (id, data) => { window.__heard.push(JSON.stringify(data)); return called(id, data); };
        } catch (_) {}
    }
    return window.__heard.length;
";

impl Recorder {
    /// Begins; call it again after the page was loaded anew.
    pub fn start(window: &Window) -> Self {
        window.run(HOOK, &[]);
        Self
    }

    /// All that was heard, and all that the page itself holds.
    #[must_use]
    pub fn heard(&self, window: &Window) -> String {
        let heard = window.run("return window.__heard", &[]);
        let page = window.run(
            "return document.documentElement.outerHTML + [...document.querySelectorAll('input, textarea')].map(field => field.value).join('\\n') + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)",
            &[],
        );
        let mut all: Vec<String> =
            heard.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
        assert!(!all.is_empty(), "the recorder heard nothing: the hook no longer fits");
        all.push(page.as_str().unwrap_or_default().to_owned());
        all.join("\n")
    }
}
