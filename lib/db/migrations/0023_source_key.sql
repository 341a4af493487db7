DROP INDEX "alerts_by_source";--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "source_key" text GENERATED ALWAYS AS (search_key(source)) STORED;--> statement-breakpoint
CREATE INDEX "alerts_by_source" ON "alerts" USING btree ("tenant_id","source_key","created_at","id");