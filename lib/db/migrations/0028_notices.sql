CREATE TABLE "notice_readers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"payload" text NOT NULL,
	"said_by" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"said_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "notices_by_transaction" ON "notices" USING btree ("said_by");--> statement-breakpoint
CREATE INDEX "notices_by_age" ON "notices" USING btree ("said_at");
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON "notices" TO app_session;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "notice_readers" TO app_session;
--> statement-breakpoint
GRANT SELECT ON "notices", "notice_readers" TO app_maintenance;
--> statement-breakpoint
-- Keeps what instances tell each other, while one of them reads it. Whoever tells works for a tenant and has no right to
-- the table: as everywhere, the transaction becomes the other role for it, which only the application's login may.
CREATE FUNCTION keep_notice(payload text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  before text := current_setting('role');
BEGIN
  PERFORM set_config('role', 'app_session', true);
  IF EXISTS (SELECT FROM notice_readers WHERE seen_at > now() - interval '1 minute') THEN
    INSERT INTO notices (payload) VALUES (keep_notice.payload);
  END IF;
  PERFORM set_config('role', before, true);
END $$;
