//! What several tests do with the window.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::webdriver::until;
use crate::{Clipboard, Management, Window};

/// The element with that mark.
#[must_use]
pub fn id(name: &str) -> String {
    format!("[data-testid='{name}']")
}

/// Keeps a picture of the window under that name, for a person to look at.
pub fn picture(window: &Window, name: &str) {
    let folder = std::env::var_os("OKIENKO_SCREENSHOTS").map_or_else(std::env::temp_dir, PathBuf::from);
    window.screenshot(&folder.join(format!("{name}.png")));
}

/// Tries again until there is an answer.
pub fn wait_for<T>(step: impl FnMut() -> Option<T>) -> T {
    until(step).expect("it did not come")
}

/// From the first start: a company in the sandbox.
pub fn add_company(window: &Window, nip: &str) {
    window.click(&id("welcome-add-company"));
    window.fill(&id("add-company-nip"), &format!("PL {}-{}", &nip[..3], &nip[3..]));
    window.fill(&id("add-company-name"), "Zakład Usług Żółć");
    window.click(&format!("{} label:has({})", id("add-company-dialog"), id("environment-sandbox")));
    window.see(&format!("{} {}:checked", id("add-company-dialog"), id("environment-sandbox")));
    picture(window, "dodaj-firme");
    window.click(&id("add-company-confirm"));
    // The next thing that a new company needs is a credential.
    window.see(&id("screen-ksef"));
    window.click(&id("nav-start"));
    window.see(&id("start-ksef"));
    picture(window, "start-pusty");
}

/// Makes the company known to the sandbox's KSeF, and gives the program a token of it.
pub fn give_token(window: &Window, ministry: &Management, nip: &str) {
    ministry.make_company(nip, "Zakład Usług Żółć");
    let _copied = Clipboard::with(&ministry.make_token(nip));
    window.click(&id("nav-ksef"));
    window.click(&id("token-paste"));
    window.see(&id("token-held"));
}

/// Lets files go over an element: the event that the system's drag would have caused.
pub fn drop_files(window: &Window, css: &str, paths: &[&Path]) {
    window.see(css);
    let script = r"
        const box = document.querySelector(arguments[0]).getBoundingClientRect();
        const scale = window.devicePixelRatio;
        const position = { x: (box.x + box.width / 2) * scale, y: (box.y + Math.min(box.height / 2, 60)) * scale };
        window.__TAURI_INTERNALS__.invoke('plugin:event|emit', { event: 'tauri://drag-drop', payload: { paths: arguments[1], position } });
    ";
    window.run(script, &[json!(css), json!(paths)]);
}
