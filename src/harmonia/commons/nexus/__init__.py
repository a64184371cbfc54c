"""The living plant: what it was fed, what its model foresees, when it needs care, which plant is in force."""
