"""Judges any server of integrationsUsageDetails over HTTP, clause by clause."""
