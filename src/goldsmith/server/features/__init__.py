"""One folder per concept; each imports only those below it, and only through their face."""
