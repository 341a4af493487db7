CREATE TABLE "idempotency_keys" (
	"tenant_id" text NOT NULL,
	"owner_sub" text NOT NULL,
	"operation" text NOT NULL,
	"key" text NOT NULL,
	"request" text NOT NULL,
	"answer" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_tenant_id_owner_sub_operation_key_pk" PRIMARY KEY("tenant_id","owner_sub","operation","key")
);
--> statement-breakpoint
ALTER TABLE "idempotency_keys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "items" ADD COLUMN "name_key" text GENERATED ALWAYS AS (lower(name)) STORED;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "acting_tenant" text;--> statement-breakpoint
CREATE INDEX "idempotency_keys_by_creation" ON "idempotency_keys" USING btree ("tenant_id","created_at");--> statement-breakpoint
CREATE INDEX "items_by_name" ON "items" USING btree ("tenant_id","name_key" text_pattern_ops);--> statement-breakpoint
CREATE POLICY "idempotency_keys_own_tenant" ON "idempotency_keys" AS PERMISSIVE FOR ALL TO "app_user" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), ''));