-- Two roles without a login, so that no connection is more than it needs to be. Roles belong to the whole server:
-- another database of the same server may have made them already, or be making them at this moment; where the owner
-- may make none, an administrator has.
DO $$ BEGIN
  IF to_regrole('app_user') IS NULL THEN CREATE ROLE app_user NOLOGIN NOSUPERUSER NOBYPASSRLS; END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
--> statement-breakpoint
DO $$ BEGIN
  IF to_regrole('app_session') IS NULL THEN CREATE ROLE app_session NOLOGIN NOSUPERUSER NOBYPASSRLS; END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
