"""What to feed next: limits, supply, the model as symbols, collocation, and the words that go with a plan."""
