//! What stands where clients look for a server: passes everything on while there is one, and counts what is asked either
//! way.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// How every request line ends. No body of JSON has a line break like this one.
const LINE_END: &[u8] = b" HTTP/1.1\r\n";

/// A port of its own.
pub struct Gate {
    port: u16,
    shared: Arc<Mutex<Shared>>,
}

#[derive(Default)]
struct Shared {
    /// The port of the server, while there is one.
    server: Option<u16>,
    seen: Seen,
}

/// What was asked.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// Connections while there was no server.
    pub knocks: usize,
    /// Requests to the server by method and path, without what is asked of the path.
    pub requests: HashMap<String, usize>,
}

impl Gate {
    /// Without a server behind it.
    ///
    /// # Errors
    /// Those of the system.
    pub async fn open() -> std::io::Result<Gate> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let shared = Arc::<Mutex<Shared>>::default();
        let handed = Arc::clone(&shared);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = {
                    let mut shared = lock(&handed);
                    shared.seen.knocks += usize::from(shared.server.is_none());
                    shared.server
                };
                // Without a server the connection ends here, before anything of it is read.
                if let Some(server) = server {
                    tokio::spawn(pass(client, server, Arc::clone(&handed)));
                }
            }
        });
        Ok(Gate { port, shared })
    }

    /// The address to ask.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// From now on the server is there, or is gone.
    pub fn server(&self, port: Option<u16>) {
        lock(&self.shared).server = port;
    }

    /// What was asked since this was last called.
    pub fn take(&self) -> Seen {
        std::mem::take(&mut lock(&self.shared).seen)
    }
}

fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn pass(client: TcpStream, port: u16, shared: Arc<Mutex<Shared>>) {
    let Ok(server) = TcpStream::connect(("127.0.0.1", port)).await else {
        lock(&shared).seen.knocks += 1;
        return;
    };
    let _ = (client.set_nodelay(true), server.set_nodelay(true));
    let ((mut asks, mut hears), (mut answers, mut takes)) = (client.into_split(), server.into_split());
    let there = async {
        let (mut chunk, mut line) = ([0; 16 * 1024], Vec::new());
        while let Ok(count @ 1..) = asks.read(&mut chunk).await {
            count_lines(&chunk[..count], &mut line, &shared);
            if takes.write_all(&chunk[..count]).await.is_err() {
                break;
            }
        }
        let _ = takes.shutdown().await;
    };
    let back = async {
        let _ = tokio::io::copy(&mut answers, &mut hears).await;
        let _ = hears.shutdown().await;
    };
    tokio::join!(there, back);
}

/// Counts the request lines that end in these bytes; `line` has what came of the line before them.
fn count_lines(bytes: &[u8], line: &mut Vec<u8>, shared: &Mutex<Shared>) {
    for byte in bytes {
        line.push(*byte);
        if let Some(request) = line.strip_suffix(LINE_END) {
            // A body that ends without a line break is before it.
            let text = String::from_utf8_lossy(request);
            let start =
                ["GET /", "POST /", "PATCH /", "PUT /"].iter().filter_map(|word| text.rfind(word)).max();
            let asked = text.get(start.unwrap_or_default()..).unwrap_or_default();
            let path = asked.split('?').next().unwrap_or_default().to_owned();
            *lock(shared).seen.requests.entry(path).or_default() += 1;
        }
        if *byte == b'\n' {
            line.clear();
        }
    }
}
