"""Words of the Nexus's templates."""
