"""The sample project: customer messages, their reference answers, schema and guideline, as package data."""
