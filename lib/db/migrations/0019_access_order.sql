CREATE SEQUENCE "public"."access_order" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "sign_ins" (
	"sub" text NOT NULL,
	"id" text NOT NULL,
	"number" bigint NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "sign_ins_sub_id_pk" PRIMARY KEY("sub","id")
);
--> statement-breakpoint
ALTER TABLE "not_before" ALTER COLUMN "issued_after" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "not_before" ADD COLUMN "ending" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "not_before" ADD COLUMN "username" text;--> statement-breakpoint
ALTER TABLE "not_before" ADD COLUMN "tenant_claim" text;--> statement-breakpoint
ALTER TABLE "not_before" ADD COLUMN "finish_after" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "not_before" ADD COLUMN "held_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "not_before" ADD COLUMN "tries" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "sign_ins_by_age" ON "sign_ins" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "not_before_unfinished" ON "not_before" USING btree ("finish_after") WHERE finish_after is not null;