"""What is wrong or unclear in a document before it is published, in the words of those who write it. Pure."""

from procedures.judging.findings import HINT, STOP, Finding
from procedures.judging.judgement import has_stop, judge_document

__all__ = ["HINT", "STOP", "Finding", "has_stop", "judge_document"]
