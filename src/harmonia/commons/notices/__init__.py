"""What a person should hear: kept on their page, and mailed if they want it."""
