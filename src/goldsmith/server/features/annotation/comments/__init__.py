"""Comments: threads on a record, on an answer or on a passage, between people who judge and people who review.

What somebody sees of a thread is decided in `domain.may_read`; see docs/decisions on comments under blind judging.
"""
