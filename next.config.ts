import type { NextConfig } from "next";

const config: NextConfig = {
  agentRules: false,
  poweredByHeader: false,
  reactStrictMode: true,
  // A client that is redirected for a trailing slash drops its bearer token on the way.
  skipTrailingSlashRedirect: true,
  // PGlite finds its WebAssembly beside its own file.
  serverExternalPackages: ["@electric-sql/pglite"],
  outputFileTracingIncludes: { "/**": ["./lib/db/migrations/**"] },
};

export default config;
