/**
 * What the application needs of PostgreSQL beyond plain SQL, and the words by which its migrations and queries say so.
 * lib/db/engines.md says what each is for, and who has it.
 */
export const FEATURES: Record<string, string> = {
  "forced row-level security": "policy row level security force enable",
  "roles that a login becomes":
    "role grant current_user session_user regrole to_regrole pg_roles pg_auth_members",
  "settings of one transaction": "set_config current_setting local",
  "rights to single columns": "has_any_column_privilege has_table_privilege pg_has_role",
  "advisory locks": "pg_advisory_xact_lock pg_try_advisory_xact_lock hashtextextended",
  "LISTEN and NOTIFY": "listen pg_notify",
  "ICU collations": "collate normalize nfkc pg_collation",
  "stored generated columns": "generated always stored",
  "functions in SQL": "function immutable parallel language returns",
  "blocks of PL/pgSQL": "do declare if execute",
  sequences: "sequence sequences nextval increment minvalue maxvalue cache start",
  "locked rows": "locked skip",
  "INSERT … ON CONFLICT": "conflict",
  RETURNING: "returning",
  "indexes for prefixes": "text_pattern_ops",
  "the order of transactions": "pg_current_xact_id pg_current_snapshot pg_snapshot_xmin xid8",
  "block-range indexes": "brin",
  "ctid and xmax": "ctid xmax",
  cursors: "cursor fetch close scroll",
  jsonb: "jsonb jsonb_build_object jsonb_array_elements_text jsonb_to_recordset row_to_json",
  arrays: "array any unnest",
  "the catalogue":
    "pg_attribute pg_class pg_database pg_namespace pg_proc oid to_regclass to_regnamespace owned current_schema current_database quote_ident",
  "isolation levels": "isolation",
};

/** What every engine that calls itself compatible has; some are also names of our own. */
const PLAIN = `
  action add all alter and as asc at before begin between bigint boolean btree by bytea cascade case cast char_length check chr
  coalesce column columns commit constraint count create cross date_trunc default delete desc distinct drop else
  encoding end escape exists extract false float8 for foreign format from full gen_random_uuid generate_series greatest
  group having in index inner insert int int4 int8 integer interval into is join key lateral least left length like
  limit line lower make_interval max min name natural no not now null nullif octet_length off on only or order outer
  position primary public recursive references regexp_replace replace restrict right rollback schema select set
  source split_part sql strict strpos substring sum table tables text then time timestamp timestamptz to to_timestamp transaction
  trim true union unique update upper using uuid value values varchar version view void when where width_bucket with
  zone`;

const KNOWN = new Set([PLAIN, ...Object.values(FEATURES)].join(" ").split(/\s+/).filter(Boolean));

/** Those of an engine's words that no feature has and plain SQL has not. @param words in lower case. */
export function unknownWords(words: Iterable<string>): string[] {
  return [...words].filter((word) => !KNOWN.has(word)).sort();
}
