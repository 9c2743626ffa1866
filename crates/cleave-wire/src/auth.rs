//! Signing in and staying signed in (published; the answer of refresh is inferred).

use crate::user::AccessRole;

record! {
    /// Body of `POST /api/auth/login`.
    #[derive(Default)]
    pub struct LoginRequest {
        required {
            /// E-mail address of the account.
            email: String,
            /// Password of the account.
            password: String,
        }
    }
}

record! {
    /// Who signed in. This one says `id` where others say `_id`.
    #[derive(Default)]
    pub struct SignedInUser {
        required {
            /// Opaque id.
            id: String,
        }
        optional {
            /// E-mail address.
            email: String,
            /// Name to show.
            full_name: String,
            /// The organisation the user belongs to.
            organization_id: String,
            /// What the user may do.
            access_role: AccessRole,
        }
    }
}

record! {
    /// Answer of `POST /api/auth/login`.
    #[derive(Default)]
    pub struct LoginResponse {
        required {
            /// The bearer token: a secret.
            token: String,
            /// Who signed in.
            user: SignedInUser,
        }
        optional {
            /// What to refresh with, where the server gives it: a secret.
            refresh_token: String,
        }
    }
}

record! {
    /// Answer of `GET /api/auth/verify-token` while the token is good.
    #[derive(Default)]
    pub struct VerifyTokenResponse {
        optional {
            /// The server's words.
            message: String,
        }
    }
}

record! {
    /// Body of `POST /api/auth/refresh`.
    #[derive(Default)]
    pub struct RefreshRequest {
        required {
            /// A secret.
            refresh_token: String,
        }
    }
}

record! {
    /// Answer of `POST /api/auth/refresh`.
    #[derive(Default)]
    pub struct RefreshResponse {
        required {
            /// The new bearer token: a secret.
            token: String,
        }
        optional {
            /// What to refresh with from now on: a secret.
            refresh_token: String,
        }
    }
}
