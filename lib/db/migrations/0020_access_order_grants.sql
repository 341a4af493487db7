GRANT USAGE ON SEQUENCE "access_order" TO app_session;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "sign_ins" TO app_session;
