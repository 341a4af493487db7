ALTER TABLE "tenants" ADD COLUMN "deleted_users" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "deleted_rows" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "deletion_trouble" text;--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "deletion_tries" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "deletion_after" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "tenants_being_deleted" ON "tenants" USING btree ("id") WHERE deleting_at is not null;