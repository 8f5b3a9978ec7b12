"""Which of the labels given are wrong, as far as a model's out-of-sample predictions can tell."""

from goldsmith.stats.issues.labels import LabelIssues, label_issues
from goldsmith.stats.issues.sets import SetIssues, label_set_issues

__all__ = ["LabelIssues", "SetIssues", "label_issues", "label_set_issues"]
