"""The tests, a package of their own: other distributions install a `tests` beside ours."""
