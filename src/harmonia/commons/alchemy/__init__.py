"""What people make from discarded matter, and the stories they tell of it."""
