import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const config: NextConfig = {
  agentRules: false,
  poweredByHeader: false,
  // What the image is laid out from.
  output: "standalone",
  reactStrictMode: true,
  experimental: {
    // forbidden(): a page that one may not see answers 403, and says so.
    authInterrupts: true,
    // The first answer does not wait for the modules of all other pages; the first request for a page loads its own.
    preloadEntriesOnStart: false,
  },
  // Nothing here is resized on the server: an optimiser would only fetch what strangers name.
  images: { unoptimized: true },
  // A client that is redirected for a trailing slash drops its bearer token on the way.
  skipTrailingSlashRedirect: true,
  // Where many products have it; its page is at its feature's name, as every page is.
  redirects: async () => [
    { source: "/settings/single-sign-on", destination: "/single-sign-on", permanent: true },
  ],
  // PGlite finds its WebAssembly beside its own file.
  serverExternalPackages: ["@electric-sql/pglite"],
  outputFileTracingIncludes: {
    "/**": ["./lib/db/migrations/**"],
    "/api/docs/**": [
      "./lib/http/docs/page.*",
      "./node_modules/swagger-ui-dist/{swagger-ui.css,swagger-ui-bundle.js}",
    ],
  },
};

// Messages are compiled at build time: a browser then needs no parser for them.
const withWords = createNextIntlPlugin({
  requestConfig: "./app/words/request.ts",
  experimental: {
    messages: { path: ["./app/words", "./lib"], format: "json", locales: "infer", precompile: true },
  },
});

export default withWords(config);
