//! A port that can be shut, so that connections are refused.

use std::future::poll_fn;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Poll, Waker};

use tokio::net::{TcpListener, TcpStream};

/// The port. While it is shut, connections are refused.
#[derive(Clone)]
pub struct Door {
    listener: Arc<Mutex<(Option<TcpListener>, Option<Waker>)>>,
    pub port: u16,
}

/// Ports that no system gives to whoever asks for any.
const PORTS: std::ops::Range<u16> = 20_000..32_000;

impl Door {
    /// Hands over every connection to a port of its own.
    pub async fn open(first: u16, arrived: impl Fn(TcpStream) + Send + Sync + 'static) -> Door {
        let mut ports = (0..PORTS.len() as u16).map(|more| PORTS.start + (first + more) % PORTS.len() as u16);
        let (listener, port) = loop {
            let port = ports.next().expect("a free port");
            if let Ok(listener) = TcpListener::bind(("127.0.0.1", port)).await {
                break (listener, port);
            }
        };
        let door = Door { listener: Arc::new(Mutex::new((Some(listener), None))), port };
        let served = door.clone();
        tokio::spawn(async move {
            loop {
                arrived(served.accept().await);
            }
        });
        door
    }

    pub fn shut(&self) {
        self.listener.lock().unwrap_or_else(PoisonError::into_inner).0 = None;
    }

    pub async fn open_again(&self) {
        let is_shut = self.listener.lock().unwrap_or_else(PoisonError::into_inner).0.is_none();
        if is_shut {
            let listener = TcpListener::bind(("127.0.0.1", self.port)).await.expect("the port is still free");
            let mut held = self.listener.lock().unwrap_or_else(PoisonError::into_inner);
            held.0 = Some(listener);
            if let Some(waker) = held.1.take() {
                waker.wake();
            }
        }
    }

    async fn accept(&self) -> TcpStream {
        poll_fn(|cx| {
            let mut held = self.listener.lock().unwrap_or_else(PoisonError::into_inner);
            held.1 = Some(cx.waker().clone());
            match held.0.as_ref().map(|listener| listener.poll_accept(cx)) {
                Some(Poll::Ready(Ok((stream, _)))) => Poll::Ready(stream),
                _ => Poll::Pending,
            }
        })
        .await
    }
}
