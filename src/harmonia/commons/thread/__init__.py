"""My thread: one page that reads every room, for one person."""
