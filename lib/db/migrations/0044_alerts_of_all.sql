-- Alerts cannot be written meanwhile: a few seconds for a million rows.
CREATE INDEX "alerts_of_all_raised" ON "alerts" USING btree ("tenant_id","severity","created_at") WHERE audience = 'tenant';--> statement-breakpoint
CREATE INDEX "alerts_of_all_open" ON "alerts" USING btree ("tenant_id","severity") WHERE audience = 'tenant' and status = 'open';