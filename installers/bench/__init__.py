"""Measures Desktop CRM with made-up people; each figure beside a reference of its own, measured in the same run."""
