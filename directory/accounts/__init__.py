"""People who sign in: the user model, with e-mail as login."""
