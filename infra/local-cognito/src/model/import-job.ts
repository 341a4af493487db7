/** A file of users that is being imported, or was. Times are ms since the epoch. */
export interface ImportJob {
  id: string;
  poolId: string;
  name: string;
  roleArn: string;
  status: "Created" | "Succeeded" | "Failed" | "Stopped" | "Expired";
  createdAt: number;
  startedAt?: number | undefined;
  completedAt?: number | undefined;
  imported: number;
  skipped: number;
  failed: number;
  message?: string | undefined;
  /** What was uploaded, until the job is done. */
  csv?: string | undefined;
}
