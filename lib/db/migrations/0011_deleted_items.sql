CREATE TABLE "deleted_items" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"description" text NOT NULL,
	"owner_sub" text NOT NULL,
	"version" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"deleted_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "deleted_items_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "deleted_items" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "deleted_items_by_age" ON "deleted_items" USING btree ("tenant_id","deleted_at");--> statement-breakpoint
CREATE INDEX "items_by_change" ON "items" USING btree ("tenant_id","updated_at","id");--> statement-breakpoint
CREATE POLICY "deleted_items_own_tenant" ON "deleted_items" AS PERMISSIVE FOR ALL TO "app_user" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), ''));