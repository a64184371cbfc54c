"""The living plant: what it was fed, what its model foresees, when it needs care, and which plant is in force."""
