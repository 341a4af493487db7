CREATE INDEX "alerts_counted" ON "alerts" USING btree ("tenant_id","status","severity","created_at","id","audience","owner_sub","notice");--> statement-breakpoint
-- contract: since 0.1.0 alerts_counted serves all that this one did, for the version before too
DROP INDEX "alerts_by_status_and_severity";
