CREATE TABLE "account_notices" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"owner_sub" text NOT NULL,
	"notice" text NOT NULL,
	"facts" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "account_notices_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "account_notices" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "account_notices_by_owner" ON "account_notices" USING btree ("tenant_id","owner_sub","created_at","id");--> statement-breakpoint
CREATE POLICY "account_notices_own_tenant" ON "account_notices" AS PERMISSIVE FOR ALL TO "app_user" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), ''));--> statement-breakpoint
ALTER TABLE "account_notices" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "account_notices" TO app_user;
--> statement-breakpoint
-- What was told before stood among the alerts alone. Forced policies bind the owner too, who migrates.
ALTER TABLE "alerts" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "account_notices" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
INSERT INTO "account_notices" ("tenant_id", "id", "owner_sub", "notice", "facts", "created_at", "updated_at")
SELECT "tenant_id", "id", "owner_sub", "notice", "facts", "created_at", "updated_at" FROM "alerts"
WHERE "notice" IS NOT NULL;--> statement-breakpoint
ALTER TABLE "account_notices" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "alerts" FORCE ROW LEVEL SECURITY;
