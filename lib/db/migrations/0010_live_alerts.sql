CREATE INDEX "alerts_by_status" ON "alerts" USING btree ("tenant_id","status","created_at","id");--> statement-breakpoint
CREATE INDEX "alerts_by_severity" ON "alerts" USING btree ("tenant_id","severity","created_at","id");--> statement-breakpoint
CREATE INDEX "alerts_by_status_and_severity" ON "alerts" USING btree ("tenant_id","status","severity","created_at","id");--> statement-breakpoint
CREATE INDEX "alerts_by_source" ON "alerts" USING btree ("tenant_id","source","created_at","id");--> statement-breakpoint
CREATE INDEX "alerts_by_change" ON "alerts" USING btree ("tenant_id","updated_at","id");