"""The management system for quality as the extracts tell it: goals, activities, controls, requirements, follow-up."""

from pipeline.management.activities import compared
from pipeline.management.goals import read as read_goals
from pipeline.management.goals import targets
from pipeline.management.system import read as read_system

__all__ = ["compared", "read_goals", "read_system", "targets"]
