"""Where processes begin: the only place that sees every feature at once."""
