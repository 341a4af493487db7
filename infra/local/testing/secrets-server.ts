import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** What AWS Secrets Manager answers to GetSecretValue, over HTTP on a free port of 127.0.0.1. */
export type SecretsServer = {
  url: string;
  /** By name or ARN; what is not here is ResourceNotFoundException. */
  secrets: Map<string, string>;
  /** How often a secret was asked for. */
  asked(): number;
  close(): void;
};

/** Starts one without a secret. AWS Secrets Manager API reference, "GetSecretValue" (AWS JSON 1.1). */
export async function startSecretsServer(): Promise<SecretsServer> {
  const secrets = new Map<string, string>();
  let asked = 0;
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    asked += 1;
    const { SecretId } = JSON.parse(body) as { SecretId: string };
    const SecretString = secrets.get(SecretId);
    const isAsked = request.headers["x-amz-target"] === "secretsmanager.GetSecretValue";
    const isThere = isAsked && SecretString !== undefined;
    response.writeHead(isThere ? 200 : 400, { "Content-Type": "application/x-amz-json-1.1" });
    const __type = "ResourceNotFoundException";
    const Message = "Secrets Manager can't find the specified secret.";
    response.end(JSON.stringify(isThere ? { Name: SecretId, SecretString } : { __type, Message }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    secrets,
    asked: () => asked,
    close: () => server.close(),
  };
}
