"""What the Nexus can digest: the digester model, its feedstocks, and what a plant's days will bring."""
