CREATE TABLE "platform_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant" text NOT NULL,
	"action" text NOT NULL,
	"outcome" text NOT NULL,
	"actor_sub" text,
	"actor_name" text,
	"detail" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "suspended_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "deleting_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "platform_events_by_tenant" ON "platform_events" USING btree ("tenant","created_at","id");--> statement-breakpoint
CREATE POLICY "audit_events_of_a_deleted_tenant" ON "audit_events" AS PERMISSIVE FOR ALL TO "app_housekeeping" USING (tenant_id = any (array(select id from tenants where deleting_at is not null)));--> statement-breakpoint
CREATE POLICY "account_notices_of_a_deleted_tenant" ON "account_notices" AS PERMISSIVE FOR ALL TO "app_housekeeping" USING (tenant_id = any (array(select id from tenants where deleting_at is not null)));--> statement-breakpoint
CREATE POLICY "alerts_of_a_deleted_tenant" ON "alerts" AS PERMISSIVE FOR ALL TO "app_housekeeping" USING (tenant_id = any (array(select id from tenants where deleting_at is not null)));--> statement-breakpoint
GRANT SELECT, INSERT ON "platform_events" TO app_session;
--> statement-breakpoint
GRANT DELETE ON "tenants" TO app_session;
--> statement-breakpoint
-- What `app_user` may not delete, housekeeping does of a tenant that is being deleted, and has to know which those are.
GRANT SELECT ("id", "deleting_at") ON "tenants" TO app_housekeeping;
