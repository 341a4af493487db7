CREATE TABLE "alert_comments" (
	"tenant_id" text NOT NULL,
	"id" uuid NOT NULL,
	"alert_id" uuid NOT NULL,
	"text" text NOT NULL,
	"author_sub" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "alert_comments_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "alert_comments" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "assignee_sub" text;--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "assigned_by" text;--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "assigned_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "comment_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "alert_comments" ADD CONSTRAINT "alert_comments_tenant_id_alert_id_alerts_tenant_id_id_fk" FOREIGN KEY ("tenant_id","alert_id") REFERENCES "alerts"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alert_comments_by_alert" ON "alert_comments" USING btree ("tenant_id","alert_id","created_at","id");--> statement-breakpoint
CREATE INDEX "alerts_by_assignee" ON "alerts" USING btree ("tenant_id","assignee_sub","created_at","id") WHERE assignee_sub is not null;--> statement-breakpoint
CREATE INDEX "alerts_of_nobody" ON "alerts" USING btree ("tenant_id","created_at","id") WHERE assignee_sub is null;--> statement-breakpoint
CREATE POLICY "alert_comments_own_tenant" ON "alert_comments" AS PERMISSIVE FOR ALL TO "app_user" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), ''));--> statement-breakpoint
CREATE POLICY "alert_comments_of_all_tenants" ON "alert_comments" AS PERMISSIVE FOR ALL TO "app_maintenance" USING (current_user = 'app_maintenance') WITH CHECK (current_user = 'app_maintenance');
--> statement-breakpoint
ALTER TABLE "alert_comments" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON "alert_comments" TO app_user;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "alert_comments" TO app_maintenance;
