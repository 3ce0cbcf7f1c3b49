"""A server that keeps the integrationsUsageDetails contract, or breaks one clause of it on request."""
