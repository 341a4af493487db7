-- A service that publishes this schema gives its own roles rights to every table. These had no policy to stop them.
-- contract: since 0.1.0 app_session alone uses it, to whom the policy shows all
ALTER TABLE "known_callers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
-- contract: since 0.1.0 app_session alone uses it, to whom the policy shows all
ALTER TABLE "known_devices" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
-- contract: since 0.1.0 app_session alone uses it, to whom the policy shows all
ALTER TABLE "not_before" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
-- contract: since 0.1.0 app_session alone uses it, to whom the policy shows all
ALTER TABLE "notice_readers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
-- contract: since 0.1.0 app_session alone uses it, to whom the policy shows all
ALTER TABLE "notices" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
-- contract: since 0.1.0 app_session alone uses it, to whom the policy shows all
ALTER TABLE "platform_events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
-- contract: since 0.1.0 app_session alone uses it, to whom the policy shows all
ALTER TABLE "rate_limits" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
-- contract: since 0.1.0 app_session alone uses it, to whom the policy shows all
ALTER TABLE "sessions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
-- contract: since 0.1.0 app_session alone uses it, to whom the policy shows all
ALTER TABLE "sign_ins" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
-- contract: since 0.1.0 app_session alone uses it, to whom the policy shows all
ALTER TABLE "tenants" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "known_callers_of_the_platform" ON "known_callers" AS PERMISSIVE FOR ALL TO "app_session" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "known_callers_for_maintenance" ON "known_callers" AS PERMISSIVE FOR SELECT TO "app_maintenance" USING (current_user = 'app_maintenance');--> statement-breakpoint
CREATE POLICY "known_devices_of_the_platform" ON "known_devices" AS PERMISSIVE FOR ALL TO "app_session" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "known_devices_for_maintenance" ON "known_devices" AS PERMISSIVE FOR SELECT TO "app_maintenance" USING (current_user = 'app_maintenance');--> statement-breakpoint
CREATE POLICY "not_before_of_the_platform" ON "not_before" AS PERMISSIVE FOR ALL TO "app_session" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "not_before_for_maintenance" ON "not_before" AS PERMISSIVE FOR SELECT TO "app_maintenance" USING (current_user = 'app_maintenance');--> statement-breakpoint
CREATE POLICY "notice_readers_of_the_platform" ON "notice_readers" AS PERMISSIVE FOR ALL TO "app_session" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "notice_readers_for_maintenance" ON "notice_readers" AS PERMISSIVE FOR SELECT TO "app_maintenance" USING (current_user = 'app_maintenance');--> statement-breakpoint
CREATE POLICY "notices_of_the_platform" ON "notices" AS PERMISSIVE FOR ALL TO "app_session" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "notices_for_maintenance" ON "notices" AS PERMISSIVE FOR SELECT TO "app_maintenance" USING (current_user = 'app_maintenance');--> statement-breakpoint
CREATE POLICY "platform_events_of_the_platform" ON "platform_events" AS PERMISSIVE FOR ALL TO "app_session" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "platform_events_for_maintenance" ON "platform_events" AS PERMISSIVE FOR SELECT TO "app_maintenance" USING (current_user = 'app_maintenance');--> statement-breakpoint
CREATE POLICY "rate_limits_of_the_platform" ON "rate_limits" AS PERMISSIVE FOR ALL TO "app_session" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "rate_limits_for_maintenance" ON "rate_limits" AS PERMISSIVE FOR SELECT TO "app_maintenance" USING (current_user = 'app_maintenance');--> statement-breakpoint
CREATE POLICY "sessions_of_the_platform" ON "sessions" AS PERMISSIVE FOR ALL TO "app_session" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "sessions_for_maintenance" ON "sessions" AS PERMISSIVE FOR SELECT TO "app_maintenance" USING (current_user = 'app_maintenance');--> statement-breakpoint
CREATE POLICY "sign_ins_of_the_platform" ON "sign_ins" AS PERMISSIVE FOR ALL TO "app_session" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "sign_ins_for_maintenance" ON "sign_ins" AS PERMISSIVE FOR SELECT TO "app_maintenance" USING (current_user = 'app_maintenance');--> statement-breakpoint
CREATE POLICY "tenants_of_the_platform" ON "tenants" AS PERMISSIVE FOR ALL TO "app_session" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenants_for_maintenance" ON "tenants" AS PERMISSIVE FOR SELECT TO "app_maintenance" USING (current_user = 'app_maintenance');--> statement-breakpoint
CREATE POLICY "tenants_being_deleted" ON "tenants" AS PERMISSIVE FOR SELECT TO "app_housekeeping" USING (deleting_at is not null);
