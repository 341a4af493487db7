-- Without FORCE the owner of a table is not subject to its policies.
ALTER TABLE "items" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "alerts" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO app_user, app_session;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "items" TO app_user;
--> statement-breakpoint
-- An alert is history: it is resolved, never deleted.
GRANT SELECT, INSERT, UPDATE ON "alerts" TO app_user;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "sessions", "not_before" TO app_session;
