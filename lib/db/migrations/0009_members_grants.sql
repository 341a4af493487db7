ALTER TABLE "members" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "member_directories" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "audit_events" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "members", "member_directories" TO app_user;
--> statement-breakpoint
-- What happened is not rewritten and not forgotten.
GRANT SELECT, INSERT ON "audit_events" TO app_user;
