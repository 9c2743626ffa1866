//! Signing in, and telling a person exactly what went wrong when it does not work.

use std::sync::Arc;

use cleave_wire::auth::{LoginRequest, LoginResponse, VerifyTokenResponse};
use cleave_wire::error::ProblemForm;
use cleave_wire::review::ReviewListResponse;
use cleave_wire::user::{AccessRole, UserDto, UserListResponse};
use secrecy::{ExposeSecret, SecretString};

use crate::api::Api;
use crate::claims::{Claims, claims_of};
use crate::classify;
use crate::exchange::Exchange;
use crate::failure::{ReadClass, ReadFailure};
use crate::origin::{Origin, OriginProblem};
use crate::route::Route;
use crate::session::{HeldTokens, Session};

/// Who signed in.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// The user's id; empty where a pasted token does not say.
    pub user_id: String,
    /// Name to show: the full name, else the e-mail address, else the id.
    pub name: String,
    /// E-mail address, where known.
    pub email: Option<String>,
    /// The organisation; empty where a pasted token does not say.
    pub organization_id: String,
    /// The role as the server names it; empty where it could only be found out by trying.
    pub role: String,
}

/// Whether somebody of this role, as the server names it, decides in every organisation and not in one.
pub fn spans_organizations(role: &str) -> bool {
    AccessRole::from(role) == AccessRole::SuperAdmin
}

/// Personal data: only the id is printed.
impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Person({}, {})", self.user_id, self.role)
    }
}

/// A session and whose it is.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The session.
    pub session: Session,
    /// The person.
    pub person: Person,
}

/// Why signing in did not work.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConnectFailure {
    /// The address cannot be used.
    #[error(transparent)]
    BadAddress(#[from] OriginProblem),
    /// Nothing answers there, or the connection broke.
    #[error("Nothing answers at this address.")]
    Unreachable,
    /// Something answers, but it is not the API.
    #[error("Something answers at this address, but it is not the API.")]
    NotTheApi,
    /// E-mail address and password, or the token, were not accepted; with the server's words.
    #[error("The server did not accept the sign-in.")]
    SignInRefused(Option<String>),
    /// Signed in, but without the right to decide about duplicates.
    #[error("This account is not an admin: its role is {role}.")]
    NotAdmin {
        /// The role as the server names it, or words for it.
        role: String,
    },
    /// The server answered with an error of its own; its words.
    #[error("{0}")]
    Server(String),
}

/// Signs in with e-mail address and password. The password is sent once and kept nowhere.
///
/// # Errors
/// [`ConnectFailure`].
pub async fn sign_in(
    origin: &Origin,
    email: &str,
    password: &SecretString,
) -> Result<SignedIn, ConnectFailure> {
    let nobody = Session { token: SecretString::from(""), refresh: None };
    let api = api(origin, nobody)?;
    let body = LoginRequest {
        email: email.trim().to_owned(),
        password: password.expose_secret().to_owned(),
        ..LoginRequest::default()
    };
    let answer = api.ask_unsigned(Route::Login, &body).await;
    if let Exchange::Answered(answered) = &answer {
        let refused = matches!(answered.status, 400 | 401 | 403 | 422);
        if refused && answered.problem().form != ProblemForm::Html {
            return Err(ConnectFailure::SignInRefused(answered.problem().sentence()));
        }
    }
    let login: LoginResponse = classify::reading(&answer).map_err(|failure| failed(&failure))?;
    let user = login.user;
    let email = user.email.into_value().unwrap_or(body.email);
    let person = Person {
        name: user.full_name.into_value().filter(|name| !name.is_empty()).unwrap_or_else(|| email.clone()),
        user_id: user.id,
        email: Some(email),
        organization_id: user.organization_id.into_value().unwrap_or_default(),
        role: user.access_role.value().map(|role| role.as_str().to_owned()).unwrap_or_default(),
    };
    let session = Session {
        token: SecretString::from(login.token),
        refresh: login.refresh_token.into_value().map(SecretString::from),
    };
    let role = person.role.clone();
    check_role(&self::api(origin, session.clone())?, &role).await?;
    Ok(SignedIn { session, person })
}

/// Signs in with a token made elsewhere. Whose it is comes from its claims, and from the list of users where they do
/// not say.
///
/// # Errors
/// [`ConnectFailure`].
pub async fn sign_in_with_token(origin: &Origin, token: SecretString) -> Result<SignedIn, ConnectFailure> {
    let typed = token.expose_secret().trim();
    let bare = typed.strip_prefix("Bearer ").unwrap_or(typed).trim();
    if bare.is_empty() || !bare.chars().all(|c| c.is_ascii_graphic()) {
        return Err(ConnectFailure::SignInRefused(None));
    }
    let session = Session { token: SecretString::from(bare), refresh: None };
    let api = api(origin, session.clone())?;
    match api.get::<VerifyTokenResponse>(Route::VerifyToken, "", &[]).await {
        Ok(_) => {}
        // A server without this route says the same when something else is asked.
        Err(failure) if failure.may_lack_route() && failure.class != ReadClass::NotTheApi => {}
        Err(failure) => return Err(failed(&failure)),
    }
    let claims = claims_of(bare);
    let user = match (&claims.role, &claims.user_id) {
        (None, Some(id)) => user(&api, id).await,
        _ => None,
    };
    let person = person(claims, user);
    check_role(&api, &person.role).await?;
    Ok(SignedIn { session, person })
}

async fn user(api: &Api, id: &str) -> Option<UserDto> {
    let users: UserListResponse = api.get(Route::Users, "", &[]).await.ok()?;
    users.data.into_iter().find(|user| user.id.text() == Some(id))
}

fn person(claims: Claims, user: Option<UserDto>) -> Person {
    let user = user.unwrap_or_default();
    let email = user.email.into_value().or(claims.email);
    let user_id = claims.user_id.unwrap_or_default();
    let name = user.full_name.into_value().or(claims.name).or_else(|| email.clone());
    Person {
        name: name.unwrap_or_else(|| user_id.clone()),
        user_id,
        email,
        organization_id: user.organization_id.into_value().or(claims.organization_id).unwrap_or_default(),
        role: user
            .access_role
            .value()
            .map(|role| role.as_str().to_owned())
            .or(claims.role)
            .unwrap_or_default(),
    }
}

/// Refuses a role that does not decide about duplicates. One that is unknown here is tried: only an admin may list
/// reviews.
async fn check_role(api: &Api, role: &str) -> Result<(), ConnectFailure> {
    match AccessRole::from(role) {
        AccessRole::Admin | AccessRole::SuperAdmin => Ok(()),
        AccessRole::DepartmentHead | AccessRole::SalesRep => {
            Err(ConnectFailure::NotAdmin { role: role.to_owned() })
        }
        AccessRole::Other(_) => {
            let tried = api.get::<ReviewListResponse>(Route::ListReviews, "", &[("size", "1")]).await;
            match tried {
                Ok(_) => Ok(()),
                Err(failure) if failure.class == ReadClass::Forbidden => {
                    let role = if role.is_empty() { "unknown" } else { role };
                    Err(ConnectFailure::NotAdmin { role: role.to_owned() })
                }
                Err(failure) if failure.may_lack_route() => Ok(()),
                Err(failure) => Err(failed(&failure)),
            }
        }
    }
}

fn api(origin: &Origin, session: Session) -> Result<Api, ConnectFailure> {
    Api::new(origin.clone(), Arc::new(HeldTokens::new(session)))
        .map_err(|error| ConnectFailure::Server(error.to_string()))
}

fn failed(failure: &ReadFailure) -> ConnectFailure {
    match failure.class {
        ReadClass::Offline => ConnectFailure::Unreachable,
        ReadClass::Broken if failure.status.is_none() => ConnectFailure::Unreachable,
        ReadClass::NotTheApi | ReadClass::NotFound | ReadClass::Unsupported => ConnectFailure::NotTheApi,
        ReadClass::SignedOut => ConnectFailure::SignInRefused(failure.words.clone()),
        ReadClass::Forbidden => ConnectFailure::NotAdmin { role: "unknown".to_owned() },
        ReadClass::Broken | ReadClass::SlowDown | ReadClass::Refused => {
            ConnectFailure::Server(failure.to_string())
        }
    }
}
