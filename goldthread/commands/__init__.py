"""The `goldthread` command: one module per subcommand, and the launcher of the embedded PostgreSQL."""
