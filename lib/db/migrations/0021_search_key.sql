-- Immutable as long as ICU is of one version: after an upgrade of it, as for every index over a collation, rebuild.
-- The last capital of a word and the first make different small sigmas; a dotted capital İ leaves its dot behind.
CREATE FUNCTION search_key(given text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT normalize(
    replace(
      replace(lower(upper(lower(normalize(given, NFKC) COLLATE "und-x-icu"))), chr(962), chr(963)),
      'i' || chr(775), 'i'
    ),
    NFKC
  ) COLLATE "default"
$$;--> statement-breakpoint
ALTER TABLE "items" drop column "name_key";--> statement-breakpoint
ALTER TABLE "items" ADD COLUMN "name_key" text GENERATED ALWAYS AS (search_key(name)) STORED;--> statement-breakpoint
ALTER TABLE "members" drop column "email_key";--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "email_key" text GENERATED ALWAYS AS (search_key(email)) STORED;--> statement-breakpoint
CREATE INDEX "items_by_name" ON "items" USING btree ("tenant_id","name_key" text_pattern_ops);
