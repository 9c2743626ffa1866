//! The cross of a window, as a window manager presses it. There is none on a desk, so the few words of the X protocol
//! that ask a window to close are said here.

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::process::Command;

use crate::desk::Desk;

const INTERN_ATOM: u8 = 16;
const SEND_EVENT: u8 = 25;
const GET_INPUT_FOCUS: u8 = 43;
const CLIENT_MESSAGE: u8 = 33;

impl Desk {
    /// Asks the app's window to close. It may ask back.
    pub fn close_app(&self) {
        let found = Command::new("xdotool")
            .env("DISPLAY", self.display())
            .args(["search", "--onlyvisible", "--class", "cleave"])
            .output()
            .expect("xdotool starts");
        let found = String::from_utf8_lossy(&found.stdout).into_owned();
        let window: u32 = found.lines().next().and_then(|id| id.parse().ok()).expect("the app has a window");
        let mut x = Connection::to(self.display());
        let protocols = x.atom("WM_PROTOCOLS");
        let delete = x.atom("WM_DELETE_WINDOW");
        x.tell(window, protocols, delete);
    }
}

/// A connection to a display; little-endian, nobody asks who we are.
struct Connection(UnixStream);

impl Connection {
    fn to(display: &str) -> Self {
        let socket = format!("/tmp/.X11-unix/X{}", display.trim_start_matches(':'));
        let mut stream = UnixStream::connect(socket).expect("the display answers");
        let (major, none) = (11, 0);
        let hello = [u16::from(b'l'), major, none, none, none, none];
        stream.write_all(&hello.map(u16::to_le_bytes).concat()).expect("the display listens");
        let mut x = Self(stream);
        let head: [u8; 8] = x.read();
        assert_eq!(head[0], 1, "the display lets us in");
        let mut rest = vec![0; usize::from(u16::from_le_bytes([head[6], head[7]])) * 4];
        x.0.read_exact(&mut rest).expect("what the display says of itself");
        x
    }

    /// The number of a name.
    fn atom(&mut self, name: &str) -> u32 {
        let length = u16::try_from(name.len()).expect("a short name");
        let mut body = [length.to_le_bytes(), [0, 0]].concat();
        body.extend(name.as_bytes());
        body.resize(body.len().next_multiple_of(4), 0);
        self.ask(INTERN_ATOM, &body);
        let reply: [u8; 32] = self.read();
        u32::from_le_bytes([reply[8], reply[9], reply[10], reply[11]])
    }

    /// Sends a window a message of 32-bit words, and waits until the display has passed it on.
    fn tell(&mut self, window: u32, kind: u32, word: u32) {
        let (mask, now, nothing) = (0, 0, 0);
        let mut body = [window, mask].map(u32::to_le_bytes).concat();
        body.extend([CLIENT_MESSAGE, 32, 0, 0]);
        body.extend([window, kind, word, now, nothing, nothing, nothing].map(u32::to_le_bytes).concat());
        self.ask(SEND_EVENT, &body);
        self.ask(GET_INPUT_FOCUS, &[]);
        let _: [u8; 32] = self.read();
    }

    fn ask(&mut self, what: u8, body: &[u8]) {
        let length = u16::try_from(body.len() / 4 + 1).expect("a short request");
        let [low, high] = length.to_le_bytes();
        self.0.write_all(&[&[what, 0, low, high], body].concat()).expect("the display listens");
    }

    fn read<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.read_exact(&mut bytes).expect("the display answers");
        bytes
    }
}
