"""The server: entry points over features over pipelines over the foundation."""
