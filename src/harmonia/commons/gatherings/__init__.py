"""Emergency gatherings: when the plant needs everybody, with worries, questions and a public answer to each."""
