-- What the owner of the tables takes for work on the rows of all tenants, which forced policies hide from it: backups and
-- data migrations. No login becomes it by itself, and the application refuses a login that could.
DO $$ BEGIN
  IF to_regrole('app_maintenance') IS NULL THEN CREATE ROLE app_maintenance NOLOGIN NOSUPERUSER NOBYPASSRLS; END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;--> statement-breakpoint
CREATE POLICY "audit_events_of_all_tenants" ON "audit_events" AS PERMISSIVE FOR ALL TO "app_maintenance" USING (current_user = 'app_maintenance') WITH CHECK (current_user = 'app_maintenance');--> statement-breakpoint
CREATE POLICY "idempotency_keys_of_all_tenants" ON "idempotency_keys" AS PERMISSIVE FOR ALL TO "app_maintenance" USING (current_user = 'app_maintenance') WITH CHECK (current_user = 'app_maintenance');--> statement-breakpoint
CREATE POLICY "member_directories_of_all_tenants" ON "member_directories" AS PERMISSIVE FOR ALL TO "app_maintenance" USING (current_user = 'app_maintenance') WITH CHECK (current_user = 'app_maintenance');--> statement-breakpoint
CREATE POLICY "members_of_all_tenants" ON "members" AS PERMISSIVE FOR ALL TO "app_maintenance" USING (current_user = 'app_maintenance') WITH CHECK (current_user = 'app_maintenance');--> statement-breakpoint
CREATE POLICY "account_notices_of_all_tenants" ON "account_notices" AS PERMISSIVE FOR ALL TO "app_maintenance" USING (current_user = 'app_maintenance') WITH CHECK (current_user = 'app_maintenance');--> statement-breakpoint
CREATE POLICY "alerts_of_all_tenants" ON "alerts" AS PERMISSIVE FOR ALL TO "app_maintenance" USING (current_user = 'app_maintenance') WITH CHECK (current_user = 'app_maintenance');--> statement-breakpoint
CREATE POLICY "deleted_items_of_all_tenants" ON "deleted_items" AS PERMISSIVE FOR ALL TO "app_maintenance" USING (current_user = 'app_maintenance') WITH CHECK (current_user = 'app_maintenance');--> statement-breakpoint
CREATE POLICY "items_of_all_tenants" ON "items" AS PERMISSIVE FOR ALL TO "app_maintenance" USING (current_user = 'app_maintenance') WITH CHECK (current_user = 'app_maintenance');--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO app_maintenance;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "account_notices", "alerts", "audit_events", "deleted_items", "idempotency_keys", "items", "member_directories", "members" TO app_maintenance;
--> statement-breakpoint
-- Of what belongs to no tenant, the owner sees the rows by itself: a backup reads them in this role.
GRANT SELECT ON "known_callers", "known_devices", "not_before", "platform_events", "rate_limits", "sessions", "sign_ins", "tenants" TO app_maintenance;
--> statement-breakpoint
GRANT SELECT ON SEQUENCE "access_order" TO app_maintenance;
--> statement-breakpoint
-- The list of migrations that were applied is part of a backup, too.
DO $$ BEGIN
  IF to_regnamespace('drizzle') IS NOT NULL THEN
    GRANT USAGE ON SCHEMA drizzle TO app_maintenance;
    GRANT SELECT ON ALL TABLES IN SCHEMA drizzle TO app_maintenance;
    GRANT SELECT ON ALL SEQUENCES IN SCHEMA drizzle TO app_maintenance;
  END IF;
END $$;
