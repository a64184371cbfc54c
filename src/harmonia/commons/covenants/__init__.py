"""What homes promise to bring, week by week, and whether the books say it came."""
