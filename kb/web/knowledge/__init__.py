"""Facts across documents: municipalities, groups, people, decisions, meetings."""
