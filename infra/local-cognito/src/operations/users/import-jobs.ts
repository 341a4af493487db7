import { randomUUID } from "node:crypto";
import { z } from "zod";
import { CognitoFailure, notHere, preconditionNotMet, resourceNotFound } from "../../model/failures";
import type { ImportJob } from "../../model/import-job";
import type { User } from "../../model/user";
import { csvHeader, csvRows, MFA_COLUMN, USERNAME_COLUMN } from "../../rules/import-csv";
import { usableFactors } from "../../rules/next-step";
import type { Cognito, InPool } from "../../store/cognito";
import { put } from "../../store/store";
import { signed } from "../operation";
import { page } from "../page";
import { pageSize, pageToken, resourceName, text, userPoolId, wireTime } from "../parameters";
import { newUser } from "./new-user";

const inPool = z.object({ UserPoolId: userPoolId });
const named = inPool.extend({ JobId: text(1, 55, /^import-[0-9a-zA-Z-]+$/) });
/** "You created a job, but did not start the job within 24-48 hours" (API reference, UserImportJobType). */
const EXPIRES_AFTER_MS = 24 * 60 * 60_000;

/** Users out of a file. It is read when the job is started, at once and whole. */
export const importJobOperations = {
  GetCSVHeader: signed(inPool, (cognito, { UserPoolId }) => ({
    UserPoolId,
    CSVHeader: csvHeader(cognito.pool(UserPoolId)),
  })),

  CreateUserImportJob: signed(
    inPool.extend({
      JobName: resourceName,
      CloudWatchLogsRoleArn: z.string().min(20).max(2048),
      PasswordHashingAlgorithm: z.enum(["BCRYPT", "SCRYPT", "ARGON2ID", "PBKDF2_SHA256"]).optional(),
    }),
    (cognito, { UserPoolId, JobName, CloudWatchLogsRoleArn, PasswordHashingAlgorithm }) => {
      const pool = cognito.pool(UserPoolId);
      if (PasswordHashingAlgorithm) throw notHere("PasswordHashingAlgorithm");
      const job: ImportJob = {
        id: `import-${randomUUID()}`,
        poolId: pool.id,
        name: JobName,
        roleArn: CloudWatchLogsRoleArn,
        status: "Created",
        createdAt: cognito.now(),
        imported: 0,
        skipped: 0,
        failed: 0,
      };
      cognito.commit(put("importJobs", job));
      return { UserImportJob: describeJob(cognito, job) };
    },
  ),

  DescribeUserImportJob: signed(named, (cognito, request) => ({
    UserImportJob: describeJob(cognito, existing(cognito, request)),
  })),

  ListUserImportJobs: signed(
    inPool.extend({ MaxResults: pageSize.min(1), PaginationToken: pageToken.optional() }),
    (cognito, { UserPoolId, MaxResults: limit, PaginationToken: token }) => {
      const newestFirst = cognito.importJobs(cognito.pool(UserPoolId)).toReversed();
      const { items, next } = page(newestFirst, ({ id }) => id, { limit, token });
      return {
        UserImportJobs: items.map((job) => describeJob(cognito, job)),
        ...(next.NextToken && { PaginationToken: next.NextToken }),
      };
    },
  ),

  StartUserImportJob: signed(named, (cognito, request) => {
    const job = existing(cognito, request);
    const context = cognito.inPool(request.UserPoolId);
    if (statusOf(cognito, job) !== "Created")
      throw preconditionNotMet("The job is not in the state Created.");
    if (!context.pool.settings.AutoVerifiedAttributes?.length) {
      throw preconditionNotMet("The user pool must verify e-mail addresses or phone numbers by itself.");
    }
    if (job.csv === undefined) throw preconditionNotMet("No file was uploaded for the job.");
    const startedAt = cognito.now();
    const rows = csvRows(context.pool, job.csv);
    const results = (rows ?? []).map((row) => importRow(context, row));
    const count = (result: (typeof results)[number]) => results.filter((each) => each === result).length;
    const message = rows
      ? "Import Job Completed Successfully."
      : "The CSV file's header does not have the attributes of the user pool.";
    const done: ImportJob = {
      ...job,
      status: rows ? "Succeeded" : "Failed",
      startedAt,
      completedAt: startedAt,
      imported: count("imported"),
      skipped: count("skipped"),
      failed: count("failed"),
      message,
      csv: undefined,
    };
    cognito.commit(put("importJobs", done));
    // As on AWS, which begins now: the next look finds it done.
    return { UserImportJob: { ...describeJob(cognito, { ...job, startedAt }), Status: "Pending" } };
  }),

  StopUserImportJob: signed(named, (cognito, request) => {
    const job = existing(cognito, request);
    if (statusOf(cognito, job) !== "Created") throw preconditionNotMet("The job is not running.");
    const stopped: ImportJob = { ...job, status: "Stopped", completedAt: cognito.now(), csv: undefined };
    cognito.commit(put("importJobs", stopped));
    return { UserImportJob: describeJob(cognito, stopped) };
  }),
};

/** A row's user, who is to choose a password: "Your users are in a RESET_REQUIRED state" (developer guide). */
function importRow(context: InPool, row: Record<string, string>): "imported" | "skipped" | "failed" {
  const { cognito, pool } = context;
  const { [USERNAME_COLUMN]: username = "", [MFA_COLUMN]: wantsMfa, ...given } = row;
  const verified = pool.settings.AutoVerifiedAttributes ?? [];
  const isVerified = verified.some(
    (name) => given[name] && given[`${name}_verified`]?.toLowerCase() === "true",
  );
  if (!isVerified || username === "" || wantsMfa === undefined) return "failed";
  try {
    const user = newUser(context, username, { given, status: "RESET_REQUIRED" });
    const isAsked = wantsMfa.toLowerCase() === "true";
    const enabled = isAsked ? usableFactors(pool, user) : [];
    const imported: User = { ...user, ...(enabled.length > 0 && { mfa: { enabled } }) };
    cognito.commit(put("users", imported));
    return "imported";
  } catch (error) {
    if (!(error instanceof CognitoFailure)) throw error;
    return error.name === "UsernameExistsException" ? "skipped" : "failed";
  }
}

/** @throws ResourceNotFoundException */
function existing(cognito: Cognito, { UserPoolId, JobId }: z.output<typeof named>): ImportJob {
  const job = cognito.importJobs(cognito.pool(UserPoolId)).find(({ id }) => id === JobId);
  if (!job) throw resourceNotFound.importJob();
  return job;
}

function statusOf(cognito: Cognito, { status, createdAt }: ImportJob): ImportJob["status"] {
  const isLate = status === "Created" && createdAt + EXPIRES_AFTER_MS <= cognito.now();
  return isLate ? "Expired" : status;
}

function describeJob(cognito: Cognito, job: ImportJob): object {
  return {
    JobName: job.name,
    JobId: job.id,
    UserPoolId: job.poolId,
    PreSignedUrl: `${cognito.url}/import/${job.id}`,
    CreationDate: wireTime(job.createdAt),
    ...(job.startedAt !== undefined && { StartDate: wireTime(job.startedAt) }),
    ...(job.completedAt !== undefined && { CompletionDate: wireTime(job.completedAt) }),
    Status: statusOf(cognito, job),
    CloudWatchLogsRoleArn: job.roleArn,
    ImportedUsers: job.imported,
    SkippedUsers: job.skipped,
    FailedUsers: job.failed,
    ...(job.message && { CompletionMessage: job.message }),
  };
}
