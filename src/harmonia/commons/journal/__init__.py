"""Floor 0: what happened, in order; lifecycles; and the registries through which lower floors call upwards."""
