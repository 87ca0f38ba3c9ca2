"""Signing in: password with a second factor, passkey or an identity provider; sessions, seats, invitations taken up."""
