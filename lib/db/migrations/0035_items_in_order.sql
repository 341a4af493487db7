CREATE INDEX "audit_events_by_subject" ON "audit_events" USING btree ("tenant_id","subject_id","created_at","id");--> statement-breakpoint
CREATE INDEX "items_in_order_of_name" ON "items" USING btree ("tenant_id","name_key" text_pattern_ops,"id");--> statement-breakpoint
CREATE INDEX "items_by_owner" ON "items" USING btree ("tenant_id","owner_sub","created_at","id");--> statement-breakpoint
-- contract: since 0.1.0 items_in_order_of_name serves all that this one did, for the version before too
DROP INDEX "items_by_name";
