"""Who belongs here: accounts, invitations, roles, and the way out."""
