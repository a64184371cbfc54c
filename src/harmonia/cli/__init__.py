"""The `harmonia` command, one file per subcommand."""
