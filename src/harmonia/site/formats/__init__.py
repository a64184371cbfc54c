"""How dates are written, one module a language; templates name a format, never spell it."""
