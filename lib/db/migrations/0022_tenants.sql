CREATE TABLE "tenants" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "tenants" TO app_session;
--> statement-breakpoint
-- Forced policies bind the owner too, who migrates: without this the tables would look empty, and no tenant be known.
ALTER TABLE "items" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "alerts" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "members" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "audit_events" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
INSERT INTO "tenants" ("id", "name", "created_at")
SELECT "tenant_id", "tenant_id", min("created_at") FROM (
  SELECT "tenant_id", "created_at" FROM "items"
  UNION ALL SELECT "tenant_id", "created_at" FROM "alerts"
  UNION ALL SELECT "tenant_id", "created_at" FROM "members"
  UNION ALL SELECT "tenant_id", "created_at" FROM "audit_events"
) AS "known" GROUP BY "tenant_id";--> statement-breakpoint
ALTER TABLE "items" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "alerts" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "members" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "audit_events" FORCE ROW LEVEL SECURITY;
