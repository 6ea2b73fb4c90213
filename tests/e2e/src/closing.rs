use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{
    AtomEnum, ClientMessageEvent, ConnectionExt as _, EventMask, MapState, Window,
};
use x11rb::rust_connection::RustConnection;

/// Asks each window on the display to close, as the cross in its frame would; only the program under test has any.
pub fn close_windows() {
    let (connection, screen) = x11rb::connect(None).expect("the tests have a display");
    let [protocols, delete] = ["WM_PROTOCOLS", "WM_DELETE_WINDOW"].map(|name| {
        connection.intern_atom(false, name.as_bytes()).unwrap().reply().expect("a display knows names").atom
    });
    let root = connection.setup().roots[screen].root;
    let windows = connection.query_tree(root).unwrap().reply().expect("a display lists its windows").children;
    let asked = windows.into_iter().filter(|window| listens(&connection, *window, protocols, delete));
    let asked = asked.map(|window| {
        let message = ClientMessageEvent::new(32, window, protocols, [delete, 0, 0, 0, 0]);
        connection.send_event(false, window, EventMask::NO_EVENT, message).unwrap();
    });
    assert!(asked.count() > 0, "no window listens");
    connection.flush().unwrap();
}

/// Whether the window can be seen and wants to be asked.
fn listens(connection: &RustConnection, window: Window, protocols: u32, delete: u32) -> bool {
    let seen = connection.get_window_attributes(window).unwrap().reply();
    let listed = connection.get_property(false, window, protocols, AtomEnum::ATOM, 0, 32).unwrap().reply();
    let (Ok(seen), Ok(listed)) = (seen, listed) else { return false };
    seen.map_state == MapState::VIEWABLE
        && listed.value32().is_some_and(|mut names| names.any(|name| name == delete))
}
