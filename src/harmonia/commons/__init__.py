"""The people's side: one Django app per noun."""
