//! Connecting badly: each mistake gets its own words, and nothing that was typed is lost.

use std::io::{Read, Write};
use std::net::TcpListener;

use crate::desk::Options;
use crate::server::{Admin, Server};
use crate::window::Window;

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_is_told_and_can_be_mended() {
    let server = Server::with(60).await;
    let window = Window::open("wrong-password", Options::default()).await;
    window.sign_in(&server.url(), server.email(), "not the password").await;
    window.reads("error", &["invalid credentials"]).await;
    window.picture("told").await;

    // Only the password is typed again.
    window.fill("connect-password", server.password()).await;
    window.click("connect-submit").await;
    assert!(!window.queue().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_where_nobody_answers() {
    let closed =
        TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr()).expect("a free port");
    let window = Window::open("wrong-address", Options::default()).await;
    window.sign_in(&format!("http://{closed}"), "admin@example.com", "a password").await;
    window.reads("error", &["nothing answers"]).await;
    window.picture("told").await;
    window.sign_in("http://example.com", "admin@example.com", "a password").await;
    window.reads("error", &["https"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_answers_a_web_page() {
    let url = web_page();
    let window = Window::open("web-page", Options::default()).await;
    window.sign_in(&url, "admin@example.com", "a password").await;
    window.reads("error", &["page"]).await;
    window.picture("told").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_somebody_who_is_no_admin() {
    let server = Server::with(60).await;
    let window = Window::open("no-admin", Options::default()).await;
    let sales = Admin::sign_in(&server.url(), "sales@example.com", server.password()).await;
    window.fill("connect-url", &server.url()).await;
    window.click("connect-with-token").await;
    window.fill("connect-token", sales.token()).await;
    window.click("connect-submit").await;
    window.reads("error", &["admin"]).await;
    window.picture("told").await;

    window.fill("connect-token", server.admin().token()).await;
    window.click("connect-submit").await;
    assert!(!window.queue().await.is_empty());
}

/// A server that answers everything with a friendly page, as a hotel's network does.
fn web_page() -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("its address"));
    // Ends with the test's process.
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            let _ = stream.read(&mut [0; 4096]);
            let page = "<!doctype html><title>Welcome</title><p>Please accept our terms.";
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                page.len()
            );
            let _ = stream.write_all(format!("{head}{page}").as_bytes());
        }
    });
    url
}
