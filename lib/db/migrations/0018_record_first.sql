ALTER TABLE "audit_events" ADD COLUMN "begun" uuid;--> statement-breakpoint
CREATE INDEX "audit_events_by_begun" ON "audit_events" USING btree ("tenant_id","begun");