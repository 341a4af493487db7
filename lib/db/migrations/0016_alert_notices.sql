ALTER TABLE "alerts" ADD COLUMN "notice" text;--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "facts" jsonb;--> statement-breakpoint
CREATE INDEX "alerts_by_notice" ON "alerts" USING btree ("tenant_id","owner_sub","created_at","id") WHERE notice is not null;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_notice_is_personal" CHECK ((notice is null) = (facts is null) and (notice is null or audience <> 'tenant'));