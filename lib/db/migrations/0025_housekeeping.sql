-- Deletes what is past its time, of every tenant: policies show it those rows and no others.
DO $$ BEGIN
  IF to_regrole('app_housekeeping') IS NULL THEN CREATE ROLE app_housekeeping NOLOGIN NOSUPERUSER NOBYPASSRLS; END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;--> statement-breakpoint
-- Whoever serves tenants does this too. Logins that are made later are granted it with the other roles.
DO $$ DECLARE login regrole; BEGIN
  FOR login IN SELECT member::regrole FROM pg_auth_members
    WHERE roleid = 'app_session'::regrole AND member <> current_user::regrole
      AND NOT pg_has_role(member, 'app_housekeeping', 'member')
  LOOP
    BEGIN
      EXECUTE format('GRANT app_housekeeping TO %s', login);
    -- The migration of another database of the server is giving it at this moment.
    EXCEPTION WHEN unique_violation THEN NULL;
    END;
  END LOOP;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE WARNING 'Grant app_housekeeping to the login of the application: nothing is deleted when its time is over.';
END $$;--> statement-breakpoint
DROP INDEX "idempotency_keys_by_creation";--> statement-breakpoint
DROP INDEX "deleted_items_by_age";--> statement-breakpoint
ALTER TABLE "known_devices" ADD COLUMN "last_seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
CREATE INDEX "audit_events_by_age" ON "audit_events" USING brin ("created_at");--> statement-breakpoint
CREATE INDEX "idempotency_keys_by_age" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "known_callers_by_use" ON "known_callers" USING btree ("seen_at");--> statement-breakpoint
CREATE INDEX "known_devices_by_use" ON "known_devices" USING btree ("last_seen_at");--> statement-breakpoint
CREATE INDEX "rate_limits_by_end" ON "rate_limits" USING btree ("expire");--> statement-breakpoint
CREATE INDEX "account_notices_by_age" ON "account_notices" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "alerts_by_end" ON "alerts" USING btree ("updated_at") WHERE (status = 'resolved' or notice is not null);--> statement-breakpoint
CREATE INDEX "deleted_items_by_end" ON "deleted_items" USING btree ("deleted_at");--> statement-breakpoint
CREATE POLICY "audit_events_past_their_time" ON "audit_events" AS PERMISSIVE FOR ALL TO "app_housekeeping" USING (created_at < now() - interval '90 days');--> statement-breakpoint
CREATE POLICY "idempotency_keys_past_their_time" ON "idempotency_keys" AS PERMISSIVE FOR ALL TO "app_housekeeping" USING (created_at < now() - interval '1 day');--> statement-breakpoint
CREATE POLICY "account_notices_past_their_time" ON "account_notices" AS PERMISSIVE FOR ALL TO "app_housekeeping" USING (created_at < now() - interval '90 days');--> statement-breakpoint
CREATE POLICY "alerts_past_their_time" ON "alerts" AS PERMISSIVE FOR ALL TO "app_housekeeping" USING ((status = 'resolved' or notice is not null) and updated_at < now() - interval '30 days');--> statement-breakpoint
CREATE POLICY "deleted_items_past_their_time" ON "deleted_items" AS PERMISSIVE FOR ALL TO "app_housekeeping" USING (deleted_at < now() - interval '60 minutes');--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO app_housekeeping;
--> statement-breakpoint
GRANT SELECT, DELETE ON "account_notices", "alerts", "audit_events", "deleted_items", "idempotency_keys" TO app_housekeeping;
