//! A proxy that spoils one connection at a byte, and passes on every other as it is.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::TcpStream;

use super::fault::{End, Fault};
use super::said::Said;
use crate::door::Door;

#[derive(Clone)]
pub struct Proxy {
    pub door: Door,
    shared: Arc<Mutex<Shared>>,
}

#[derive(Default)]
struct Shared {
    /// Where the server is.
    server: String,
    /// What happens to the next connection.
    fault: Option<Fault>,
    /// A request that is still on its way.
    late: Option<Vec<u8>>,
    struck: u32,
}

impl Proxy {
    pub async fn open(first: u16) -> Proxy {
        let shared = Arc::<Mutex<Shared>>::default();
        let handed = shared.clone();
        let door = Door::open(first, move |stream| {
            tokio::spawn(pass(stream, handed.clone()));
        })
        .await;
        Proxy { door, shared }
    }

    /// Stands before a server. Answers the address to ask instead.
    pub fn before(&self, server: &str) -> String {
        lock(&self.shared).server = server.trim_start_matches("http://").to_owned();
        format!("http://127.0.0.1:{}", self.door.port)
    }

    /// Spoils the next connection.
    pub fn strike(&self, fault: Fault) {
        if matches!(fault, Fault::Refused) {
            lock(&self.shared).struck += 1;
            self.door.shut();
        } else {
            lock(&self.shared).fault = Some(fault);
        }
    }

    /// How many connections were spoilt.
    pub fn struck(&self) -> u32 {
        lock(&self.shared).struck
    }

    /// A request that was thought lost arrives, if there is one.
    pub async fn arrive_late(&self) {
        let (late, server) = {
            let mut shared = lock(&self.shared);
            (shared.late.take(), shared.server.clone())
        };
        if let Some(request) = late {
            ask(&server, &request).await;
        }
    }
}

fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn pass(mut client: TcpStream, shared: Arc<Mutex<Shared>>) {
    let _ = client.set_nodelay(true);
    let (server, fault) = {
        let mut shared = lock(&shared);
        let fault = shared.fault.take();
        shared.struck += u32::from(fault.is_some());
        (shared.server.clone(), fault)
    };
    let Some(fault) = fault else {
        let mut server = TcpStream::connect(server).await.expect("the server is there");
        let _ = copy_bidirectional(&mut client, &mut server).await;
        return;
    };
    if let Fault::Accepted(end) = fault {
        return finish(client, end).await;
    }
    let request = message(&mut client).await.expect("a whole request");
    match fault {
        Fault::Refused | Fault::Accepted(_) => {}
        Fault::Request(at, end) => {
            let part = &request[..at.bytes(&request)];
            let mut server = TcpStream::connect(server).await.expect("the server is there");
            let _ = server.write_all(part).await;
            drop(server);
            finish(client, end).await;
        }
        Fault::Late(end) => {
            lock(&shared).late = Some(request);
            finish(client, end).await;
        }
        Fault::Answer(at, end) => {
            let answer = ask(&server, &request).await;
            let _ = client.write_all(&answer[..at.bytes(&answer)]).await;
            finish(client, end).await;
        }
        Fault::Said { passed, said } => {
            let answer = if passed { ask(&server, &request).await } else { Vec::new() };
            say(client, &said, &answer).await;
        }
    }
}

async fn say(mut client: TcpStream, said: &Said, answer: &[u8]) {
    let bytes = said.bytes(answer);
    let Some(pause) = said.pause() else {
        let _ = client.write_all(&bytes).await;
        return;
    };
    for piece in bytes.chunks(bytes.len().div_ceil(Said::PIECES)) {
        if client.write_all(piece).await.is_err() {
            return;
        }
        tokio::time::sleep(pause).await;
    }
}

/// Sends a whole request and reads the whole answer.
async fn ask(server: &str, request: &[u8]) -> Vec<u8> {
    let mut server = TcpStream::connect(server).await.expect("the server is there");
    server.write_all(request).await.expect("it listens");
    message(&mut server).await.expect("it answers")
}

async fn finish(mut client: TcpStream, end: End) {
    match end {
        End::Close => {}
        End::Reset => {
            // What was written gets there first.
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
            let _ = client.set_zero_linger();
        }
        // Until whoever asked gives up.
        End::Hang => while matches!(client.read(&mut [0; 1024]).await, Ok(1..)) {},
    }
}

/// Head and body, as long as the head says.
async fn message(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let (mut bytes, mut chunk) = (Vec::new(), [0; 8192]);
    loop {
        if let Some(head) = head_of(&bytes) {
            let text = String::from_utf8_lossy(&bytes[..head]).to_lowercase();
            let length = text.lines().find_map(|line| line.strip_prefix("content-length:"));
            let length: usize = length.map_or(Ok(0), |text| text.trim().parse()).ok()?;
            if bytes.len() >= head + length {
                return Some(bytes);
            }
        }
        match stream.read(&mut chunk).await {
            Ok(count @ 1..) => bytes.extend_from_slice(&chunk[..count]),
            _ => return None,
        }
    }
}

/// How long a head is, with the empty line behind it.
pub fn head_of(bytes: &[u8]) -> Option<usize> {
    bytes.windows(4).position(|window| window == b"\r\n\r\n").map(|at| at + 4)
}
