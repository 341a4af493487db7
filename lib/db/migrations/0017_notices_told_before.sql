-- Forced policies would hide every row from the owner of the table, who migrates.
ALTER TABLE "alerts" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- Nobody but the application could raise an alert for its owner alone, and until now only about sign-ins.
UPDATE "alerts" SET
  "notice" = 'new_login',
  "facts" = jsonb_build_object(
    'user_agent', coalesce(nullif(substring("detail" from '^From (.*), address [^,]*\.$'), 'an unnamed client'), ''),
    'address', coalesce(substring("detail" from '^From .*, address ([^,]*)\.$'), 'unknown'))
WHERE "audience" = 'owner' AND "source" = 'sign-in';--> statement-breakpoint
-- What others raised under the application's name.
UPDATE "alerts" SET "source" = 'manual'
WHERE "audience" = 'tenant' AND regexp_replace(lower("source"), '[^a-z]', '', 'g') IN ('signin', 'account', 'sekisho');--> statement-breakpoint
ALTER TABLE "alerts" FORCE ROW LEVEL SECURITY;
