"""What tests stand on: real databases, a clock that stands still, callers, a live server. No fakes of our own code."""
