ALTER TABLE "deleted_items" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON "deleted_items" TO app_user;
