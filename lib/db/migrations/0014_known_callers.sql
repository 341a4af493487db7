CREATE TABLE "known_callers" (
	"account" text NOT NULL,
	"mark" text NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "known_callers_account_mark_pk" PRIMARY KEY("account","mark")
);
