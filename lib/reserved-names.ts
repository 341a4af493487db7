/**
 * Fields of a request that mean something to a browser, a proxy, Next, or us: read as a tenant, they would be written by
 * others than whoever means to name one. RFC 9110, RFC 9111, RFC 6265, RFC 6454, RFC 7239, Fetch Standard.
 */
const HEADERS = new Set(
  (
    "accept age allow alt-svc alt-used authorization cache-control connection content-location content-type cookie cookie2 " +
    "cdn-loop date digest dnt early-data etag expect expires forwarded from host http2-settings idempotency-key " +
    "keep-alive last-event-id last-modified link location max-forwards next-action next-hmr-refresh next-url nextjs " +
    "origin pragma prefer priority purpose range referer referrer rsc save-data server set-cookie te trailer " +
    "transfer-encoding traceparent tracestate baggage upgrade upgrade-insecure-requests user-agent vary via warning " +
    "want-digest www-authenticate dpr width viewport-width downlink ect rtt device-memory true-client-ip signature " +
    "signature-input strict-transport-security x-request-id x-correlation-id x-real-ip x-client-ip x-cluster-client-ip " +
    "x-original-url x-original-host x-rewrite-url x-requested-with x-csrf-token x-xsrf-token x-http-method x-api-key " +
    "x-http-method-override x-method-override x-powered-by x-frame-options x-content-type-options x-shown-to " +
    "x-shown-tenant x-envoy-external-address fastly-client-ip http-host"
  ).split(" "),
);
const HEADER_FAMILIES =
  /^(accept|access-control|cf|cloudfront|content|if|next|proxy|sec|x-amz|x-amzn|x-azure|x-b3|x-forwarded|x-goog|x-invoke|x-matched|x-middleware|x-nextjs|x-next|x-now|x-sekisho|x-vercel)-/;

/** Whether a request header has another meaning than to name a tenant. */
export function isReservedHeader(name: string): boolean {
  const lower = name.toLowerCase();
  return HEADERS.has(lower) || HEADER_FAMILIES.test(lower);
}

/**
 * Claims that say something else (RFC 7519, OpenID Connect Core 1.0), among them every standard attribute of Cognito,
 * which users may write unless a client says otherwise.
 */
const CLAIMS = new Set(
  (
    "iss sub aud exp nbf iat jti acr act amr at_hash auth_time azp c_hash cnf client_id code device_key event_id " +
    "identities nonce origin_jti scope scp sid token_use typ username user_id uid version ver groups roles role " +
    "permissions entitlements address birthdate email email_verified family_name gender given_name locale middle_name " +
    "name nickname phone_number phone_number_verified picture preferred_username profile updated_at website zoneinfo"
  ).split(" "),
);

/** Whether a claim says something else than the tenant, or is one that Cognito writes for itself. */
export function isReservedClaim(name: string): boolean {
  const lower = name.toLowerCase();
  return CLAIMS.has(lower) || /^(cognito|aws):/.test(lower);
}
