import type { ClientSettings } from "../model/client";
import { invalidParameter } from "../model/failures";

/** The flows that exist here, under today's names. */
export type Flow =
  | "ADMIN_USER_PASSWORD_AUTH"
  | "USER_PASSWORD_AUTH"
  | "USER_SRP_AUTH"
  | "USER_AUTH"
  | "CUSTOM_AUTH"
  | "REFRESH_TOKEN_AUTH";

/** Every flow name of the API, and what it means. */
const flows: Record<string, Flow> = {
  ADMIN_USER_PASSWORD_AUTH: "ADMIN_USER_PASSWORD_AUTH",
  ADMIN_NO_SRP_AUTH: "ADMIN_USER_PASSWORD_AUTH",
  USER_PASSWORD_AUTH: "USER_PASSWORD_AUTH",
  USER_SRP_AUTH: "USER_SRP_AUTH",
  REFRESH_TOKEN_AUTH: "REFRESH_TOKEN_AUTH",
  REFRESH_TOKEN: "REFRESH_TOKEN_AUTH",
  CUSTOM_AUTH: "CUSTOM_AUTH",
  USER_AUTH: "USER_AUTH",
};
export const flowNames = Object.keys(flows);

/** The client setting that allows a flow, in its new and its old spelling. */
const allowedBy: Record<Flow, string[]> = {
  ADMIN_USER_PASSWORD_AUTH: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"],
  USER_PASSWORD_AUTH: ["ALLOW_USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH"],
  USER_SRP_AUTH: ["ALLOW_USER_SRP_AUTH"],
  USER_AUTH: ["ALLOW_USER_AUTH"],
  CUSTOM_AUTH: ["ALLOW_CUSTOM_AUTH", "CUSTOM_AUTH_FLOW_ONLY"],
  REFRESH_TOKEN_AUTH: ["ALLOW_REFRESH_TOKEN_AUTH"],
};
/** A client that says nothing gets these (API reference, ExplicitAuthFlows). */
const defaultFlows = ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"];

/**
 * The flow that is meant, when the caller's kind and the client's settings allow it.
 *
 * @param admin whether it came by AdminInitiateAuth (server side, signed) or by InitiateAuth.
 * @throws InvalidParameterException otherwise.
 */
export function allowedFlow(settings: ClientSettings, name: string, admin: boolean): Flow {
  const flow = flows[name];
  if (flow === undefined || flow === (admin ? "USER_PASSWORD_AUTH" : "ADMIN_USER_PASSWORD_AUTH")) {
    throw invalidParameter("Initiate Auth method not supported.");
  }
  const explicit = settings.ExplicitAuthFlows?.length ? settings.ExplicitAuthFlows : defaultFlows;
  const oldStyle = explicit.some((setting) => !setting.startsWith("ALLOW_"));
  // The old names knew no switch for refreshing, which was always on, and for SRP only one that turned it off.
  const allowed =
    (flow === "REFRESH_TOKEN_AUTH" && oldStyle) ||
    (flow === "USER_SRP_AUTH" && oldStyle && !explicit.includes("CUSTOM_AUTH_FLOW_ONLY")) ||
    allowedBy[flow].some((setting) => explicit.some((e) => e === setting));
  if (allowed) return flow;
  const which = flow === "USER_PASSWORD_AUTH" ? `${flow} flow` : "Auth flow";
  throw invalidParameter(`${which} not enabled for this client`);
}

/** @throws InvalidParameterException when old and new names are mixed, as the API forbids. */
export function assertExplicitFlows(settings: ClientSettings): void {
  const explicit = settings.ExplicitAuthFlows ?? [];
  const newStyle = explicit.filter((setting) => setting.startsWith("ALLOW_")).length;
  if (newStyle > 0 && newStyle < explicit.length) {
    throw invalidParameter(
      "Explicit auth flows with the prefix ALLOW_ cannot be used together with those without.",
    );
  }
  if (explicit.includes("ALLOW_CLIENT_TOKEN_AUTH") && explicit.length > 1) {
    throw invalidParameter("ALLOW_CLIENT_TOKEN_AUTH must be the only explicit auth flow of the client.");
  }
}
