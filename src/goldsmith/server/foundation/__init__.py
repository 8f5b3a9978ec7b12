"""What every feature stands on and none owns: database, errors, clock, blobs, settings, telemetry."""
