import { protocol } from "../model/failures";
import type { Cognito } from "../store/cognito";
import { put } from "../store/store";
import type { Call, Reply } from "./reply";

/**
 * `PUT` to the `PreSignedUrl` of an import job, which is a secret: what S3 does with the file on AWS. Undefined for any other
 * path.
 * @throws CognitoFailure ResourceNotFoundException (404) for a job that waits for no file
 */
export function uploadReply(cognito: Cognito, { path, body }: Call): Reply | undefined {
  const id = /^\/import\/(import-[\w-]+)$/.exec(path)?.[1];
  if (id === undefined) return undefined;
  const job = cognito.importJob(id);
  if (job?.status !== "Created") throw protocol.notFound();
  cognito.commit(put("importJobs", { ...job, csv: body.toString("utf8") }));
  return { status: 200, headers: {}, body: "" };
}
