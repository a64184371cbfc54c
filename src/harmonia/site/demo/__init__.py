"""The demonstration habitat: fictional people, matter drawn with a fixed seed from published means."""
