ALTER TABLE "sessions" ADD COLUMN "tenant" text;--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "session_minutes" integer;--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "session_idle_minutes" integer;