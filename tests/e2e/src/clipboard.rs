/// The system's clipboard; its content lasts as long as this value.
pub struct Clipboard(arboard::Clipboard);

impl Clipboard {
    /// Copies a text, as a person does in the portal.
    #[must_use]
    pub fn with(text: &str) -> Self {
        let mut clipboard = arboard::Clipboard::new().expect("a display has a clipboard");
        clipboard.set_text(text).unwrap();
        Self(clipboard)
    }

    /// What anybody finds in the system's clipboard now.
    #[must_use]
    pub fn found() -> String {
        arboard::Clipboard::new().and_then(|mut clipboard| clipboard.get_text()).unwrap_or_default()
    }

    /// What is in it now.
    pub fn text(&mut self) -> String {
        self.0.get_text().unwrap_or_default()
    }
}
