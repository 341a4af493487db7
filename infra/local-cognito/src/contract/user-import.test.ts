import { describe, expect, it } from "vitest";
import { openBench } from "./bench";
import { codeFor, given, mapOf, newEmail, OTHER_PASSWORD, tokensOf } from "./pool";
import { invalidParameter, refused } from "./refusal";

const { target, sdk, pool: UserPoolId, client, enter, newPool, newUser } = await openBench();
const CloudWatchLogsRoleArn = "arn:aws:iam::000000000000:role/import";
const PRECONDITION = "PreconditionNotMetException";

async function newJob(of = UserPoolId) {
  const { UserImportJob } = await sdk.createUserImportJob({
    UserPoolId: of,
    JobName: "people",
    CloudWatchLogsRoleArn,
  });
  return given(UserImportJob);
}
const header = async () => given((await sdk.getCSVHeader({ UserPoolId })).CSVHeader);
const upload = (url: string | undefined, body: string) => fetch(given(url), { method: "PUT", body });

/** Imports these rows. Resolves to the job when it is done. */
async function imported(rows: Record<string, string>[], columns?: string[]) {
  const names = columns ?? (await header());
  const lines = rows.map((row) => names.map((name) => (row[name] ?? "").replaceAll(",", "\\,")).join(","));
  const { JobId, PreSignedUrl } = await newJob();
  expect((await upload(PreSignedUrl, [names.join(","), ...lines].join("\r\n"))).status).toBe(200);
  const started = await sdk.startUserImportJob({ UserPoolId, JobId });
  expect(["Pending", "InProgress"]).toContain(started.UserImportJob?.Status);
  return given((await sdk.describeUserImportJob({ UserPoolId, JobId })).UserImportJob);
}
const person = (email = newEmail(), more: Record<string, string> = {}) => ({
  "cognito:username": email,
  "cognito:mfa_enabled": "false",
  email,
  email_verified: "true",
  ...more,
});

describe("a user import", () => {
  it("has a header of all attributes, custom ones too, with the name and the factor", async () => {
    const columns = await header();
    expect(columns.slice(0, 2)).toEqual(["name", "given_name"]);
    expect(columns).toContain("custom:tenant_id");
    expect(columns.slice(-2)).toEqual(["cognito:mfa_enabled", "cognito:username"]);
    expect(columns).not.toContain("sub");
  });

  it("makes users who choose their password by a code", async () => {
    const email = newEmail();
    const job = await imported([person(email, { name: "Doe, Jane", "custom:tenant_id": "acme" })]);
    expect(job).toMatchObject({ Status: "Succeeded", ImportedUsers: 1, SkippedUsers: 0, FailedUsers: 0 });
    const user = await sdk.adminGetUser({ UserPoolId, Username: email });
    expect(user.UserStatus).toBe("RESET_REQUIRED");
    expect(mapOf(user.UserAttributes)).toMatchObject({ name: "Doe, Jane", "custom:tenant_id": "acme" });
    const about = { ClientId: client.id, Username: email };
    await sdk.forgotPassword(about);
    const ConfirmationCode = await codeFor(target, email);
    await sdk.confirmForgotPassword({ ...about, ConfirmationCode, Password: OTHER_PASSWORD });
    tokensOf(await enter(email, OTHER_PASSWORD));
  });

  it("skips who is there, and counts rows that fail", async () => {
    const { email } = await newUser();
    const rows = [
      person(email),
      person(),
      person(newEmail(), { email_verified: "false" }),
      person("no-address", { email: newEmail() }),
      person(newEmail(), { "custom:tenant_id": "much too long" }),
      person(newEmail(), { "cognito:mfa_enabled": "" }),
    ];
    expect(await imported(rows)).toMatchObject({ ImportedUsers: 1, SkippedUsers: 1, FailedUsers: 4 });
  });

  it("fails for a header that is not the pool's, and takes its columns in any order [unconfirmed: the order]", async () => {
    expect(await imported([person()], ["cognito:username", "email"])).toMatchObject({ Status: "Failed" });
    expect(await imported([person()], (await header()).toReversed())).toMatchObject({ ImportedUsers: 1 });
  });

  it("starts once, with a file, in a pool that verifies addresses", async () => {
    const { JobId, PreSignedUrl } = await newJob();
    await refused(sdk.startUserImportJob({ UserPoolId, JobId }), PRECONDITION);
    await upload(PreSignedUrl, (await header()).join(","));
    await sdk.startUserImportJob({ UserPoolId, JobId });
    await refused(sdk.startUserImportJob({ UserPoolId, JobId }), PRECONDITION);
    expect((await upload(PreSignedUrl, "x")).status).toBe(404);
    const unverified = await newPool({ AutoVerifiedAttributes: [] });
    const job = await newJob(unverified);
    await upload(job.PreSignedUrl, "x");
    await refused(sdk.startUserImportJob({ UserPoolId: unverified, JobId: job.JobId }), PRECONDITION);
  });

  it("is stopped before it starts, expires after a day, and is not found in another pool", async () => {
    const { JobId } = await newJob();
    expect((await sdk.stopUserImportJob({ UserPoolId, JobId })).UserImportJob?.Status).toBe("Stopped");
    await refused(sdk.startUserImportJob({ UserPoolId, JobId }), PRECONDITION);
    const late = await newJob();
    await target.later(49 * 3_600, async () => {
      const { UserImportJob } = await sdk.describeUserImportJob({ UserPoolId, JobId: late.JobId });
      expect(UserImportJob?.Status).toBe("Expired");
    });
    const other = { UserPoolId: await newPool(), JobId };
    await refused(sdk.describeUserImportJob(other), "ResourceNotFoundException");
    const { UserImportJobs } = await sdk.listUserImportJobs({ UserPoolId, MaxResults: 2 });
    expect(UserImportJobs?.map((each) => each.JobId)[0]).toBe(late.JobId);
  });

  it("with hashes of passwords is refused here", async () => {
    const job = { UserPoolId, JobName: "hashes", CloudWatchLogsRoleArn };
    await invalidParameter(sdk.createUserImportJob({ ...job, PasswordHashingAlgorithm: "BCRYPT" }));
  });
});
