//! Whether a colleague is at work with a contact (published).

record! {
    /// A contact's protection: a reason to warn before a merge or a separation.
    #[derive(Default)]
    pub struct ProtectionStatus {
        optional {
            /// Whether it is protected now.
            is_protected: bool,
            /// Until when, RFC 3339.
            protected_until: String,
            /// By whom.
            owner_name: String,
            /// When that person last wrote, RFC 3339.
            owner_last_message_at: String,
        }
    }
}

record! {
    /// Answer of `GET /api/contacts/{id}/protection-status`.
    #[derive(Default)]
    pub struct ProtectionStatusResponse {
        required {
            /// The protection.
            data: ProtectionStatus,
        }
        optional {
            /// False makes the answer a failure whatever its status.
            success: bool,
        }
    }
}
