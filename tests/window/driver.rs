//! The few WebDriver calls the tests need, as W3C words them, over plain HTTP.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::{Client, Method};
use serde_json::{Value, json};

/// The key under which every element reference is sent.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A session: one running app.
pub struct Session {
    http: Client,
    base: String,
}

/// What the driver refused: the error's code, such as `no such element`, and its words.
pub struct Refused {
    code: String,
    message: String,
}

impl std::fmt::Debug for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

/// The driver's answer.
pub type Answer<T> = Result<T, Refused>;

/// A reference to an element of the page.
#[derive(Clone, Debug)]
pub struct Element(String);

/// How long one call may take: on a machine that is busy compiling, the first start of the web view alone has been seen
/// to take more than 30 seconds.
const PATIENCE: Duration = Duration::from_secs(100);

/// A plain HTTP client for loopback.
pub fn http() -> Client {
    // Only the first call installs; the others find it installed.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().timeout(PATIENCE).no_proxy().build().expect("an HTTP client")
}

impl Session {
    /// Starts `binary` with `args` and waits until its page can be driven.
    pub async fn start(driver_url: &str, binary: &str, args: &[String]) -> Self {
        let http = http();
        let capabilities = json!({"capabilities": {"alwaysMatch": {
            "webkitgtk:browserOptions": {"binary": binary, "args": args}
        }}});
        let mut session = Self { http, base: driver_url.to_owned() };
        let mut waited = Duration::ZERO;
        while session.call(Method::GET, "/status", None).await.is_err() {
            assert!(waited < Duration::from_secs(30), "WebKitWebDriver does not answer");
            waited += Duration::from_millis(20);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let value = session
            .call(Method::POST, "/session", Some(capabilities))
            .await
            .unwrap_or_else(|refused| panic!("the app does not start: {refused:?}"));
        let id = value["sessionId"].as_str().expect("a session id");
        session.base = format!("{driver_url}/session/{id}");
        session
    }

    /// Ends the app.
    pub async fn end(&self) -> Answer<()> {
        self.call(Method::DELETE, "", None).await.map(drop)
    }

    /// The first element of a CSS selector.
    pub async fn find(&self, css: &str) -> Answer<Element> {
        let value =
            self.call(Method::POST, "/element", Some(json!({"using": "css selector", "value": css}))).await?;
        Ok(Element(value[ELEMENT].as_str().unwrap_or_default().to_owned()))
    }

    /// All elements of a CSS selector.
    pub async fn find_all(&self, css: &str) -> Answer<Vec<Element>> {
        let value = self
            .call(Method::POST, "/elements", Some(json!({"using": "css selector", "value": css})))
            .await?;
        let list = value.as_array().cloned().unwrap_or_default();
        Ok(list.iter().filter_map(|item| item[ELEMENT].as_str()).map(|id| Element(id.to_owned())).collect())
    }

    /// Clicks, as a person would: in the middle, after scrolling it into view.
    pub async fn click(&self, element: &Element) -> Answer<()> {
        self.element(Method::POST, element, "click", Some(json!({}))).await.map(drop)
    }

    /// Types into an element.
    pub async fn type_into(&self, element: &Element, text: &str) -> Answer<()> {
        self.element(Method::POST, element, "value", Some(json!({"text": text}))).await.map(drop)
    }

    /// The text a person sees in an element.
    pub async fn text(&self, element: &Element) -> Answer<String> {
        // The driver's own `text` calls elements invisible that merely clip what does not fit.
        let value = self.run("return arguments[0].innerText", json!([{ELEMENT: element.0}])).await?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    /// An attribute of an element, if it has it.
    pub async fn attribute(&self, element: &Element, name: &str) -> Answer<Option<String>> {
        let value = self.element(Method::GET, element, &format!("attribute/{name}"), None).await?;
        Ok(value.as_str().map(str::to_owned))
    }

    /// Whether a control can be used.
    pub async fn enabled(&self, element: &Element) -> Answer<bool> {
        Ok(self.element(Method::GET, element, "enabled", None).await?.as_bool().unwrap_or_default())
    }

    /// Presses keys one after the other while holding `held`, wherever the focus is.
    pub async fn press(&self, held: &[char], keys: &str) -> Answer<()> {
        let down = |key: char| json!({"type": "keyDown", "value": key.to_string()});
        let up = |key: char| json!({"type": "keyUp", "value": key.to_string()});
        let mut actions: Vec<Value> = held.iter().map(|key| down(*key)).collect();
        actions.extend(keys.chars().flat_map(|key| [down(key), up(key)]));
        actions.extend(held.iter().rev().map(|key| up(*key)));
        let body = json!({"actions": [{"type": "key", "id": "keyboard", "actions": actions}]});
        self.call(Method::POST, "/actions", Some(body)).await.map(drop)
    }

    /// Runs a function body in the page.
    pub async fn run(&self, script: &str, args: Value) -> Answer<Value> {
        self.call(Method::POST, "/execute/sync", Some(json!({"script": script, "args": args}))).await
    }

    /// Runs a function body in the page that calls its last argument when it is done.
    pub async fn run_until_called(&self, script: &str) -> Answer<Value> {
        self.call(Method::POST, "/execute/async", Some(json!({"script": script, "args": []}))).await
    }

    /// A PNG of the page as it is shown.
    pub async fn picture(&self) -> Answer<Vec<u8>> {
        let value = self.call(Method::GET, "/screenshot", None).await?;
        Ok(STANDARD.decode(value.as_str().unwrap_or_default()).expect("a base64 picture"))
    }

    /// Sets the window's size.
    pub async fn resize(&self, width: u32, height: u32) -> Answer<()> {
        let rect = json!({"x": 0, "y": 0, "width": width, "height": height});
        self.call(Method::POST, "/window/rect", Some(rect)).await.map(drop)
    }

    async fn element(
        &self,
        method: Method,
        element: &Element,
        what: &str,
        body: Option<Value>,
    ) -> Answer<Value> {
        self.call(method, &format!("/element/{}/{what}", element.0), body).await
    }

    async fn call(&self, method: Method, path: &str, body: Option<Value>) -> Answer<Value> {
        let lost = |error: reqwest::Error| Refused {
            code: "connection".to_owned(),
            message: error.without_url().to_string(),
        };
        let mut request = self.http.request(method, format!("{}{path}", self.base));
        if let Some(body) = body {
            request = request.json(&body);
        }
        let response = request.send().await.map_err(lost)?;
        let ok = response.status().is_success();
        let value = response.json::<Value>().await.map_err(lost)?["value"].take();
        if ok {
            return Ok(value);
        }
        let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        Err(Refused { code: text("error"), message: text("message") })
    }
}
