"""What `goldthread doctor` looks at: each check returns findings in green, amber or red."""
