use std::path::Path;
use std::time::{Duration, Instant};

use base64::Engine as _;
use serde_json::{Value, json};

/// How long a look-up tries again before the test fails.
const PATIENCE: Duration = Duration::from_secs(90);
/// Between two tries.
const PAUSE: Duration = Duration::from_millis(50);
/// The key under which WebDriver hands out elements.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// The one window of the program under test.
pub struct Window {
    agent: ureq::Agent,
    session: String,
}

impl Window {
    /// Starts the program `binary` through the driver at `port`.
    #[must_use]
    pub fn open(port: u16, binary: &Path) -> Self {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(180)))
            .build()
            .into();
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "webkitgtk:browserOptions": { "binary": binary, "args": [] }
        } } });
        let base = format!("http://127.0.0.1:{port}/session");
        let start = || {
            let mut response = agent.post(&base).send_json(&wanted).ok()?;
            response.body_mut().read_json::<Value>().ok()
        };
        let answer = until(start).expect("the driver answers");
        let id = answer["value"]["sessionId"].as_str().unwrap_or_else(|| panic!("no session: {answer}"));
        Self { session: format!("{base}/{id}"), agent }
    }

    /// Clicks the element when it is there and can be clicked.
    pub fn click(&self, css: &str) {
        self.persist(&format!("click {css}"), || {
            let element = self.find(css)?;
            self.post(&format!("element/{element}/click"), &json!({})).ok()
        });
    }

    /// Types into a field, after emptying it.
    pub fn fill(&self, css: &str, text: &str) {
        self.persist(&format!("fill {css}"), || {
            let element = self.find(css)?;
            self.post(&format!("element/{element}/clear"), &json!({})).ok()?;
            self.post(&format!("element/{element}/value"), &json!({ "text": text })).ok()?;
            self.settled(&element)
        });
    }

    /// Keys arrive one by one: waits until the field holds as much as was typed and changes no more.
    fn settled(&self, element: &str) -> Option<()> {
        let value =
            || self.get(&format!("element/{element}/property/value")).ok()?.as_str().map(str::to_owned);
        let mut before = value()?;
        until(|| {
            let now = value()?;
            let still = now == before && !now.is_empty();
            before = now;
            still.then_some(())
        })
    }

    /// Chooses an entry of a list by its value.
    pub fn choose(&self, css: &str, value: &str) {
        let script = r"
            const list = document.querySelector(arguments[0]);
            if (![...(list?.options ?? [])].some((option) => option.value === arguments[1])) return false;
            list.value = arguments[1];
            list.dispatchEvent(new Event('input', { bubbles: true }));
            list.dispatchEvent(new Event('change', { bubbles: true }));
            return true;
        ";
        let chosen = || self.run(script, &[json!(css), json!(value)]).as_bool()?.then_some(());
        self.persist(&format!("choose {value} in {css}"), chosen);
    }

    /// What a field holds, once it holds something.
    #[must_use]
    pub fn value(&self, css: &str) -> String {
        self.persist(&format!("value of {css}"), || {
            let element = self.find(css)?;
            let value = self.get(&format!("element/{element}/property/value")).ok()?;
            value.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
        })
    }

    /// Sends keys to the element that has the focus.
    pub fn press(&self, keys: &str) {
        let pressed: Vec<Value> = keys
            .chars()
            .flat_map(|key| {
                [
                    json!({ "type": "keyDown", "value": key.to_string() }),
                    json!({ "type": "keyUp", "value": key.to_string() }),
                ]
            })
            .collect();
        self.post(
            "actions",
            &json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": pressed }] }),
        )
        .unwrap_or_else(|error| panic!("press: {error}"));
    }

    /// Presses a key while Control is held down.
    pub fn press_with_control(&self, key: char) {
        const CONTROL: &str = "\u{e009}";
        let step = |kind: &str, value: &str| json!({ "type": kind, "value": value });
        let key = key.to_string();
        let pressed =
            [step("keyDown", CONTROL), step("keyDown", &key), step("keyUp", &key), step("keyUp", CONTROL)];
        self.post(
            "actions",
            &json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": pressed }] }),
        )
        .unwrap_or_else(|error| panic!("press: {error}"));
    }

    /// The text of the element, once it is there.
    #[must_use]
    pub fn text(&self, css: &str) -> String {
        self.persist(&format!("text of {css}"), || {
            let element = self.find(css)?;
            self.get(&format!("element/{element}/text")).ok()?.as_str().map(str::to_owned)
        })
    }

    /// Waits until the element's text fulfils the condition, and gives it.
    pub fn text_when(&self, css: &str, fulfilled: impl Fn(&str) -> bool) -> String {
        let mut seen = String::new();
        let found = until(|| {
            let element = self.find(css)?;
            seen = self.get(&format!("element/{element}/text")).ok()?.as_str()?.to_owned();
            fulfilled(&seen).then(|| seen.clone())
        });
        found.unwrap_or_else(|| self.fail(&format!("{css} stayed at {seen:?}")))
    }

    /// Waits until a field holds the text.
    pub fn see_value(&self, css: &str, text: &str) {
        self.persist(&format!("{css} should hold {text:?}"), || {
            let element = self.find(css)?;
            let value = self.get(&format!("element/{element}/property/value")).ok()?;
            (value.as_str() == Some(text)).then_some(())
        });
    }

    /// Waits until the element is there.
    pub fn see(&self, css: &str) {
        self.persist(&format!("see {css}"), || self.find(css));
    }

    /// Waits until the element is there, through the pauses by which the program keeps KSeF's limits of a minute.
    pub fn see_in_time(&self, css: &str) {
        let began = Instant::now();
        while began.elapsed() < 2 * PATIENCE && !self.has(css) {
            std::thread::sleep(PAUSE);
        }
        self.see(css);
    }

    /// Waits until the element is gone.
    pub fn see_no_more(&self, css: &str) {
        self.persist(&format!("{css} should go"), || if self.find(css).is_none() { Some(()) } else { None });
    }

    /// Whether the element is there now.
    #[must_use]
    pub fn has(&self, css: &str) -> bool {
        self.find(css).is_some()
    }

    /// An attribute of the element.
    #[must_use]
    pub fn attribute(&self, css: &str, name: &str) -> Option<String> {
        let element = self.persist(&format!("find {css}"), || self.find(css));
        self.get(&format!("element/{element}/attribute/{name}")).ok()?.as_str().map(str::to_owned)
    }

    /// Runs JavaScript in the page and gives what it returns.
    pub fn run(&self, script: &str, arguments: &[Value]) -> Value {
        self.post("execute/sync", &json!({ "script": script, "args": arguments }))
            .unwrap_or_else(|error| panic!("script: {error}"))
    }

    /// Today as the law counts days, in Poland, whatever the zone of this computer; ISO.
    #[must_use]
    pub fn today(&self) -> String {
        let script = "return new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Warsaw' }).format(new Date())";
        self.run(script, &[]).as_str().map(str::to_owned).unwrap_or_default()
    }

    /// Sets the size of the window, in pixels.
    pub fn resize(&self, width: u32, height: u32) {
        // Not every window manager obeys; under a bare display the program's window does.
        let _ = self.post("window/rect", &json!({ "width": width, "height": height }));
    }

    /// Writes a picture of the window, once what is on the page was painted.
    pub fn screenshot(&self, path: &Path) {
        self.painted();
        let picture = self.get("screenshot").unwrap_or_else(|error| panic!("screenshot: {error}"));
        let bytes =
            base64::engine::general_purpose::STANDARD.decode(picture.as_str().unwrap_or_default()).unwrap();
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    /// Two frames later all that was there is on the screen; animations are let run out first.
    fn painted(&self) {
        let script = r"
            const done = arguments[0];
            const ended = document.getAnimations().filter(animation => animation.effect?.getTiming().iterations !== Infinity).map(animation => animation.finished.catch(() => {}));
            const paint = () => requestAnimationFrame(() => requestAnimationFrame(() => done(null)));
            Promise.race([Promise.all(ended), new Promise(later => setTimeout(later, 1000))]).then(paint);
        ";
        // A page that paints no more is seen as it is.
        let _ = self.post("execute/async", &json!({ "script": script, "args": [] }));
    }

    /// Tries again until there is an answer; otherwise shows the page in the failure.
    pub fn wait<T>(&self, what: &str, step: impl FnMut() -> Option<T>) -> T {
        self.persist(what, step)
    }

    /// What is on the page, for a failing test.
    #[must_use]
    pub fn page_text(&self) -> String {
        self.run("return document.body.innerText", &[]).as_str().unwrap_or_default().to_owned()
    }

    /// Ends the session and with it the program.
    pub fn close(&self) {
        let _ = self.agent.delete(&self.session).call();
    }

    fn find(&self, css: &str) -> Option<String> {
        let found = self.post("element", &json!({ "using": "css selector", "value": css })).ok()?;
        found[ELEMENT].as_str().map(str::to_owned)
    }

    fn persist<T>(&self, what: &str, step: impl FnMut() -> Option<T>) -> T {
        until(step).unwrap_or_else(|| self.fail(what))
    }

    fn fail(&self, what: &str) -> ! {
        let shot = std::env::temp_dir().join("okienko-e2e-failure.png");
        self.screenshot(&shot);
        panic!("{what}\n--- picture: {}\n--- the page says:\n{}", shot.display(), self.page_text())
    }

    fn get(&self, path: &str) -> Result<Value, String> {
        let response = self.agent.get(format!("{}/{path}", self.session)).call();
        read(response)
    }

    fn post(&self, path: &str, body: &Value) -> Result<Value, String> {
        let response = self.agent.post(format!("{}/{path}", self.session)).send_json(body);
        read(response)
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        self.close();
    }
}

fn read(response: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Result<Value, String> {
    let mut response = response.map_err(|error| error.to_string())?;
    let text = response
        .body_mut()
        .with_config()
        .limit(64 << 20)
        .read_to_string()
        .map_err(|error| error.to_string())?;
    let body: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    if response.status().is_success() {
        Ok(body["value"].clone())
    } else {
        Err(body["value"]["message"].to_string())
    }
}

/// Tries again until there is an answer or patience ends.
pub(crate) fn until<T>(mut step: impl FnMut() -> Option<T>) -> Option<T> {
    let began = Instant::now();
    loop {
        if let Some(answer) = step() {
            return Some(answer);
        }
        if began.elapsed() > PATIENCE {
            return None;
        }
        std::thread::sleep(PAUSE);
    }
}
