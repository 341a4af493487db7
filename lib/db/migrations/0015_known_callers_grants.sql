GRANT SELECT, INSERT, UPDATE, DELETE ON "known_callers" TO app_session;
