-- Items cannot be written meanwhile: a few seconds for a million rows.
CREATE INDEX "items_with_short_text" ON "items" USING btree ("tenant_id","created_at","id","text_key") WHERE octet_length(text_key) <= 500;--> statement-breakpoint
CREATE INDEX "items_with_long_text" ON "items" USING btree ("tenant_id","created_at","id") WHERE octet_length(text_key) > 500;