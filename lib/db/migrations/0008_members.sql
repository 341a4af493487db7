CREATE TABLE "audit_events" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"action" text NOT NULL,
	"outcome" text NOT NULL,
	"actor_sub" text,
	"actor_name" text,
	"actor_role" text,
	"subject_id" text,
	"subject_label" text,
	"detail" jsonb NOT NULL,
	"address" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "audit_events_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "audit_events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "member_directories" (
	"tenant_id" text PRIMARY KEY NOT NULL,
	"read_at" timestamp (3) with time zone,
	"held_until" timestamp (3) with time zone,
	"holder" uuid
);
--> statement-breakpoint
ALTER TABLE "member_directories" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "members" (
	"tenant_id" text NOT NULL,
	"sub" uuid NOT NULL,
	"username" text NOT NULL,
	"email" text NOT NULL,
	"email_key" text GENERATED ALWAYS AS (lower(email)) STORED,
	"role" text NOT NULL,
	"is_operator" boolean NOT NULL,
	"status" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"last_sign_in_at" timestamp (3) with time zone,
	CONSTRAINT "members_tenant_id_sub_pk" PRIMARY KEY("tenant_id","sub")
);
--> statement-breakpoint
ALTER TABLE "members" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "audit_events_by_creation" ON "audit_events" USING btree ("tenant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "audit_events_by_actor" ON "audit_events" USING btree ("tenant_id","actor_sub","created_at","id");--> statement-breakpoint
CREATE INDEX "members_by_creation" ON "members" USING btree ("tenant_id","created_at","sub");--> statement-breakpoint
CREATE POLICY "audit_events_own_tenant" ON "audit_events" AS PERMISSIVE FOR ALL TO "app_user" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), ''));--> statement-breakpoint
CREATE POLICY "member_directories_own_tenant" ON "member_directories" AS PERMISSIVE FOR ALL TO "app_user" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), ''));--> statement-breakpoint
CREATE POLICY "members_own_tenant" ON "members" AS PERMISSIVE FOR ALL TO "app_user" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), ''));