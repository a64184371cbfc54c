"""The only place that wires things together: settings, routes, base templates."""
