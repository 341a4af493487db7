CREATE TABLE "accepted_users" (
	"sub" text PRIMARY KEY NOT NULL,
	"tenant" text NOT NULL,
	"username" text NOT NULL,
	"subject" text NOT NULL,
	"is_linked" boolean NOT NULL,
	"accepted_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "accepted_users" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "leases" (
	"name" text PRIMARY KEY NOT NULL,
	"holder" uuid,
	"held_until" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "leases" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "proved_domains" (
	"domain" text PRIMARY KEY NOT NULL,
	"tenant" text NOT NULL,
	"proved_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "proved_domains" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "sign_in_domains" (
	"tenant_id" text NOT NULL,
	"domain" text NOT NULL,
	"token" text NOT NULL,
	"proved_at" timestamp (3) with time zone,
	"proved_by" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "sign_in_domains_tenant_id_domain_pk" PRIMARY KEY("tenant_id","domain")
);
--> statement-breakpoint
ALTER TABLE "sign_in_domains" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "single_sign_ons" (
	"tenant_id" text PRIMARY KEY NOT NULL,
	"kind" text,
	"issuer" text,
	"client_id" text,
	"scopes" text,
	"has_secret" boolean NOT NULL,
	"metadata_url" text,
	"source" text,
	"is_settled" boolean NOT NULL,
	"state" text NOT NULL,
	"newcomer_role" text NOT NULL,
	"emergency_sub" uuid,
	"tested_at" timestamp (3) with time zone,
	"version" integer NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "single_sign_ons" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "single_sign_on" text DEFAULT 'off' NOT NULL;--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "emergency_sub" text;--> statement-breakpoint
CREATE INDEX "accepted_users_by_tenant" ON "accepted_users" USING btree ("tenant");--> statement-breakpoint
CREATE INDEX "proved_domains_by_tenant" ON "proved_domains" USING btree ("tenant");--> statement-breakpoint
CREATE POLICY "accepted_users_of_the_platform" ON "accepted_users" AS PERMISSIVE FOR ALL TO "app_session" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "accepted_users_for_maintenance" ON "accepted_users" AS PERMISSIVE FOR SELECT TO "app_maintenance" USING (current_user = 'app_maintenance');--> statement-breakpoint
CREATE POLICY "leases_of_the_platform" ON "leases" AS PERMISSIVE FOR ALL TO "app_session" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "leases_for_maintenance" ON "leases" AS PERMISSIVE FOR SELECT TO "app_maintenance" USING (current_user = 'app_maintenance');--> statement-breakpoint
CREATE POLICY "proved_domains_of_the_platform" ON "proved_domains" AS PERMISSIVE FOR ALL TO "app_session" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "proved_domains_for_maintenance" ON "proved_domains" AS PERMISSIVE FOR SELECT TO "app_maintenance" USING (current_user = 'app_maintenance');--> statement-breakpoint
CREATE POLICY "sign_in_domains_own_tenant" ON "sign_in_domains" AS PERMISSIVE FOR ALL TO "app_user" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), ''));--> statement-breakpoint
CREATE POLICY "sign_in_domains_of_all_tenants" ON "sign_in_domains" AS PERMISSIVE FOR ALL TO "app_maintenance" USING (current_user = 'app_maintenance') WITH CHECK (current_user = 'app_maintenance');--> statement-breakpoint
CREATE POLICY "single_sign_ons_own_tenant" ON "single_sign_ons" AS PERMISSIVE FOR ALL TO "app_user" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), ''));--> statement-breakpoint
CREATE POLICY "single_sign_ons_of_all_tenants" ON "single_sign_ons" AS PERMISSIVE FOR ALL TO "app_maintenance" USING (current_user = 'app_maintenance') WITH CHECK (current_user = 'app_maintenance');--> statement-breakpoint
ALTER TABLE "single_sign_ons" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "sign_in_domains" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "single_sign_ons", "sign_in_domains" TO app_user;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "single_sign_ons", "sign_in_domains" TO app_maintenance;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "proved_domains", "accepted_users", "leases" TO app_session;
--> statement-breakpoint
GRANT SELECT ON "proved_domains", "accepted_users", "leases" TO app_maintenance;
