"""What can be computed without knowing anybody: numbers and text in, numbers out."""
