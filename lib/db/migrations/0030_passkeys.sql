CREATE TABLE "passkeys" (
	"tenant_id" text NOT NULL,
	"owner_sub" text NOT NULL,
	"credential_id" text NOT NULL,
	"name" text,
	"user_agent" text NOT NULL,
	"address" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "passkeys_tenant_id_owner_sub_credential_id_pk" PRIMARY KEY("tenant_id","owner_sub","credential_id")
);
--> statement-breakpoint
ALTER TABLE "passkeys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "passkeys_by_use" ON "passkeys" USING btree ("used_at");--> statement-breakpoint
CREATE POLICY "passkeys_own_tenant" ON "passkeys" AS PERMISSIVE FOR ALL TO "app_user" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), ''));--> statement-breakpoint
CREATE POLICY "passkeys_of_all_tenants" ON "passkeys" AS PERMISSIVE FOR ALL TO "app_maintenance" USING (current_user = 'app_maintenance') WITH CHECK (current_user = 'app_maintenance');--> statement-breakpoint
CREATE POLICY "passkeys_past_their_time" ON "passkeys" AS PERMISSIVE FOR ALL TO "app_housekeeping" USING (used_at < now() - interval '400 days');--> statement-breakpoint
ALTER TABLE "passkeys" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "passkeys" TO app_user;
--> statement-breakpoint
GRANT SELECT, DELETE ON "passkeys" TO app_housekeeping;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "passkeys" TO app_maintenance;
