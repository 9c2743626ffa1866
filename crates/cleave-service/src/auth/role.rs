//! Roles as the API names them (`accessRole`).

/// What a user may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Everything in one organisation.
    Admin,
    /// Everything in every organisation.
    SuperAdmin,
    /// Sees contacts; decides nothing.
    DepartmentHead,
    /// Sees contacts; decides nothing.
    SalesRep,
}

impl Role {
    const ALL: [Role; 4] = [Role::Admin, Role::SuperAdmin, Role::DepartmentHead, Role::SalesRep];

    /// The word of the API.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Role::Admin => "ADMIN",
            Role::SuperAdmin => "SUPERADMIN",
            Role::DepartmentHead => "DEPARTMENT_HEAD",
            Role::SalesRep => "SALES_REP",
        }
    }

    /// The role with this name.
    pub(crate) fn from_name(name: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.name() == name)
    }

    /// Whether the role resolves reviews, separates contacts and sees what that needs.
    pub(crate) fn is_admin(self) -> bool {
        matches!(self, Role::Admin | Role::SuperAdmin)
    }
}
