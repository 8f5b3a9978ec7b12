"""What a browser calls itself, in words that its owner recognises: "Firefox on Linux"."""

_PROGRAMS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"), ("python-httpx", "Python"),
    ("curl", "curl"),
)  # fmt: skip
_SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"), ("Windows", "Windows"),
    ("Mac OS X", "macOS"), ("Linux", "Linux"),
)  # fmt: skip
"""In the order in which they are looked for: most browsers name others beside themselves."""


def device_in_words(user_agent: str | None) -> str:
    """The program and the system, as far as they are known."""
    told = user_agent or ""
    program = next((name for mark, name in _PROGRAMS if mark in told), "An unknown program")
    system = next((name for mark, name in _SYSTEMS if mark in told), None)
    return f"{program} on {system}" if system else program
