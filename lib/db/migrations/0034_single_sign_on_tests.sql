ALTER TABLE "accepted_users" ADD COLUMN "email" text;--> statement-breakpoint
ALTER TABLE "single_sign_ons" ADD COLUMN "says_verified" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "single_sign_ons" ADD COLUMN "tested_subject" text;--> statement-breakpoint
ALTER TABLE "single_sign_ons" ADD COLUMN "tested_email" text;