"""How PostgreSQL finds what the pages show, in an enterprise that is large enough to tell."""
