GRANT SELECT, INSERT, UPDATE, DELETE ON "known_devices", "rate_limits" TO app_session;
