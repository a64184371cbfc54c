"""What the plant should become next, chosen by the people who live with it."""
