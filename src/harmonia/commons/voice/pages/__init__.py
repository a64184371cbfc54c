"""What the pages of choosing show, gathered once; one module a page."""
