-- An expression cannot be changed in place before PostgreSQL 17; the index goes with its column.
ALTER TABLE "items" drop column "name_key";--> statement-breakpoint
ALTER TABLE "items" ADD COLUMN "name_key" text GENERATED ALWAYS AS (lower(name collate "und-x-icu")) STORED;--> statement-breakpoint
CREATE INDEX "items_by_name" ON "items" USING btree ("tenant_id","name_key" text_pattern_ops);--> statement-breakpoint
ALTER TABLE "members" drop column "email_key";--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "email_key" text GENERATED ALWAYS AS (lower(email collate "und-x-icu")) STORED;
