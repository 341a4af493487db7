import { v7 as uuidv7 } from "uuid";
import type { DemoEvent, DemoPerson, DemoTenant } from "../demo-tenant";
import type { Severity } from "./kinds";
import { alertComments, alerts } from "./tables";

/** How far it came, and after how many minutes each: acknowledged, resolved. */
type Way = [] | [number] | [number, number];
type Row = [days: number, severity: Severity, source: string, title: string, detail: string, ...way: Way];

/** Of each tenant, the newest first. */
const ROWS: Row[][] = [
  [
    [
      0.05,
      "critical",
      "access",
      "Badge reader at the north gate is offline",
      "No card read for 12 minutes; the guard checks passes by hand",
    ],
    [0.14, "warning", "monitoring", "Disk of db-2 is 86 % full", "Grows by 1.5 % a day"],
    [0.3, "info", "deploy", "Release 4.18 is live", "No errors in the first ten minutes"],
    [0.45, "warning", "cold chain", "Cold room 2 is at 5.6 °C", "Door was open during the delivery", 9],
    [
      0.7,
      "critical",
      "monitoring",
      "Orders are not reaching the warehouse",
      "Queue of 340; the consumer does not start",
      4,
      46,
    ],
    [0.85, "info", "backup", "Nightly backup took 41 minutes", "Usually 25"],
    [
      1.1,
      "warning",
      "certificates",
      "Certificate of api.acme.example expires in 9 days",
      "Renewed by hand",
      35,
    ],
    [1.25, "warning", "access", "Door of the archive was open for 20 minutes", "Twice this week", 12, 95],
    [1.6, "info", "deploy", "Release 4.17 was rolled back", "Prices without tax on the invoice", 5, 120],
    [1.8, "info", "billing", "Invoice of Kitazawa Logistics differs from the order", "¥18,400"],
    [2.2, "critical", "monitoring", "Sign-in is slow", "Half of them took more than 4 seconds", 3, 28],
    [2.4, "warning", "monitoring", "Memory of web-3 grows", "Restart planned for tonight", 40, 400],
    [2.7, "warning", "cold chain", "Sensor 2 drifts", "0.4 °C against the reference", 66],
    [3.1, "info", "people", "Fire drill at 14:00", "Meeting point is the car park", 15, 310],
    [
      3.3,
      "warning",
      "network",
      "Packets are lost at the loading dock",
      "Access point 3 restarts every hour",
      22,
      180,
    ],
    [3.8, "info", "backup", "Trial restore is done", "All tables, 1 h 12 min", 30, 31],
    [4.2, "warning", "access", "Card of a former employee was presented", "Refused at the south gate", 8, 75],
    [4.6, "info", "deploy", "Release 4.16 is live", "", 20, 21],
    [
      5.1,
      "critical",
      "cold chain",
      "Cold room 1 above 8 °C for 10 minutes",
      "Compressor was off after the power cut",
      2,
      55,
    ],
    [5.2, "critical", "power", "Building A runs on the generator", "Power cut in the district", 2, 84],
    [5.3, "warning", "network", "Fallback line is in use", "Follows from the power cut", 6, 86],
    [5.9, "info", "billing", "Quarterly invoices are out", "1,204 of them", 45, 46],
    [6.4, "warning", "monitoring", "Disk of db-2 is 80 % full", "", 120, 300],
    [7.2, "info", "deploy", "Release 4.15 is live", "", 18, 19],
    [7.5, "warning", "certificates", "Certificate of shop.acme.example expires in 14 days", "", 50, 190],
    [8.1, "warning", "access", "Two passes with the same number", "Printed twice on Monday", 14, 240],
    [8.6, "info", "people", "Twelve visitors tomorrow", "Customs, 9:00 to 12:00", 60, 500],
    [9.3, "warning", "monitoring", "Search answers slowly", "Index is being rebuilt", 11, 130],
    [9.7, "info", "backup", "Nightly backup was retried", "Second try went through", 90, 91],
    [10.4, "critical", "monitoring", "Payment provider answers 503", "Their status page says so, too", 3, 67],
    [11.2, "warning", "cold chain", "Door of lorry 12-34 was open while driving", "For 40 seconds", 19, 100],
    [11.8, "info", "deploy", "Release 4.14 is live", "", 25, 26],
    [12.3, "warning", "network", "DNS answers late", "", 33, 140],
    [13.1, "info", "people", "New shift plan", "From next Monday on", 80, 600],
  ],
  [
    [0.2, "critical", "line 2", "Emergency stop was pressed", "Nobody is hurt; the guard was open", 1],
    [0.6, "warning", "pumps", "Pump 4 vibrates", "6.1 mm/s, limit 4.5"],
    [1.4, "info", "deliveries", "Solvent comes on Friday this week", ""],
    [2.3, "warning", "pumps", "Pump 4 vibrates", "4.9 mm/s, limit 4.5", 30, 600],
    [4.5, "info", "inspection", "Crane passed", "", 60, 61],
    [6.2, "warning", "line 1", "Too many rejects", "3.2 % on the night shift", 12, 200],
    [9.4, "critical", "power", "Voltage dropped for two seconds", "All lines restarted", 2, 90],
    [12.6, "info", "deliveries", "Steel is two days late", "", 20, 900],
  ],
];

/** What was written about some of them, by their title: the oldest first. */
const COMMENTS: Record<string, [minutes: number, text: string][]> = {
  "Disk of db-2 is 86 % full": [
    [11, "The old exports are safe to delete, about 40 GB. I ask billing first."],
  ],
  "Cold room 2 is at 5.6 °C": [
    [12, "Delivery is through, door is shut."],
    [25, "4.8 °C and falling."],
  ],
  "Orders are not reaching the warehouse": [
    [6, "The consumer waits for a lock that the release of this morning holds."],
    [31, "Rolled back; the queue is being worked off."],
    [45, "All 340 are through. Nothing was lost."],
  ],
  "Certificate of api.acme.example expires in 9 days": [
    [40, "Order placed. The DNS entry comes on Wednesday."],
  ],
  "Sign-in is slow": [[20, "One of three nodes was out of memory. Restarted, and watched until noon."]],
  "Pump 4 vibrates": [[50, "Bearings come on Tuesday. Runs at half load until then."]],
};

/** A fortnight of alerts: a few open ones, some that somebody looks after, most of them resolved. */
export async function demo(tenant: DemoTenant): Promise<DemoEvent[]> {
  const told = (ROWS[tenant.place] ?? []).map((row, index) => tell(tenant, row, index));
  if (told.length === 0) return [];
  await tenant.tx.insert(alerts).values(told.map(({ row }) => row));
  await tenant.tx.insert(alertComments).values(told.flatMap(({ comments }) => comments));
  return told.flatMap(({ events }) => events);
}

function tell({ tenantId, writer, ago, after }: DemoTenant, row: Row, index: number) {
  const [days, severity, source, title, detail, acknowledgedAfter, resolvedAfter] = row;
  const createdAt = ago(days);
  const id = uuidv7({ msecs: createdAt.getTime() });
  const raiser = writer(index);
  const acknowledged = moveOf(writer(index * 3 + 1), createdAt, acknowledgedAfter, after);
  const resolved = moveOf(writer(index * 3 + (index % 4 === 0 ? 2 : 1)), createdAt, resolvedAfter, after);
  const subject = { id, label: title };
  const events: DemoEvent[] = [
    { by: raiser, action: "alert.created", subject, detail: { severity }, at: createdAt },
  ];
  if (acknowledged) events.push({ ...acknowledged, action: "alert.acknowledged", subject });
  if (resolved) events.push({ ...resolved, action: "alert.resolved", subject });
  // Who is at it, and what somebody else has asked one to look at.
  const assignee = acknowledged && !resolved ? acknowledged.by : index % 6 === 1 ? writer(index + 2) : null;
  const assigner = acknowledged && !resolved ? acknowledged.by : raiser;
  const assignedAt = after(acknowledged?.at ?? createdAt, 1);
  if (assignee) {
    const detail = { assignee: assignee.sub, name: assignee.name ?? assignee.email };
    events.push({ by: assigner, action: "alert.assigned", subject, detail, at: assignedAt });
  }
  const comments = (COMMENTS[title] ?? []).map(([minutes, text], turn) => {
    const at = after(createdAt, minutes);
    const author = turn % 2 === 0 ? (assignee ?? acknowledged?.by ?? raiser) : raiser;
    events.push({ by: author, action: "alert.commented", subject, at });
    return {
      tenantId,
      id: uuidv7({ msecs: at.getTime() }),
      alertId: id,
      text,
      authorSub: author.sub,
      createdAt: at,
    };
  });
  const status = resolved ? "resolved" : acknowledged ? "acknowledged" : "open";
  return {
    events,
    comments,
    row: {
      tenantId,
      id,
      title,
      detail,
      severity,
      status: status as "open" | "acknowledged" | "resolved",
      source,
      ownerSub: raiser.sub,
      acknowledgedBy: acknowledged?.by.sub ?? null,
      acknowledgedAt: acknowledged?.at ?? null,
      resolvedBy: resolved?.by.sub ?? null,
      resolvedAt: resolved?.at ?? null,
      assigneeSub: assignee?.sub ?? null,
      assignedBy: assignee && assigner.sub,
      assignedAt: assignee && assignedAt,
      commentCount: comments.length,
      version: events.length,
      createdAt,
      updatedAt: new Date(Math.max(...events.map(({ at }) => at.getTime()))),
    },
  };
}

function moveOf(by: DemoPerson, from: Date, minutes: number | undefined, after: DemoTenant["after"]) {
  return minutes === undefined ? null : { by, at: after(from, minutes) };
}
