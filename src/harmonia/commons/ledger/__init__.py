"""Where every gram is: holders, movements, and the database that refuses to lose any."""
