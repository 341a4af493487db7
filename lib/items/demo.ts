import { v7 as uuidv7 } from "uuid";
import type { DemoEvent, DemoTenant } from "../demo-tenant";
import { items } from "./tables";

/** Of each tenant, the newest first. */
const ROWS: [name: string, description: string][][] = [
  [
    ["Badge reader, north gate", "Reads one card in five; a spare one is on the shelf in B2"],
    ["Certificate of api.acme.example", "Renewed by hand until the DNS is moved; expires December 8"],
    ["Delivery contract, Kitazawa Logistics", "Two years, from April; notice by the end of January"],
    ["Pallet scanner 07", "Battery changed; goes back to the loading dock"],
    ["Laptop for Takumi Abe", "14 inches, Japanese keyboard; handed out on the first day"],
    ["Fire doors, building B", "Inspection passed; next one in May"],
    ["Meeting room Hakone", "Screen replaced, camera still to be mounted"],
    ["Spare keys, archive", "Three sets: reception, facilities, safe"],
    ["Firewall rules, warehouse", "Reviewed every quarter with operations"],
    ["Forklift 3", "Back from maintenance; brakes done, log signed"],
    ["Visitor badges", "180 left; order at 50"],
    ["Nightly backup of the ERP", "Kept for 35 days, restored as a trial on the first of the month"],
    ["Insurance, cargo", "Policy 4471-C; covers up to ¥80 million a lorry"],
    ["Cold room sensor 2", "Calibrated; drifts by 0.4 °C in summer"],
    ["Wi-Fi, loading dock", "Two access points added; old one removed"],
    ["Onboarding checklist", "Accounts, badge, desk, introduction to safety"],
    ["Label printer, line 4", "Prints too light: new head is on order"],
    ["Parking permits", "24 places, renewed each April"],
    ["First-aid boxes", "Checked monthly; eye wash to be replaced"],
    ["Customs forms, 2026", "Originals in the archive, scans in the shared folder"],
    ["Generator, building A", "Runs for eight hours on a full tank; test on Mondays"],
    ["Phone numbers, on call", "Changes with the shift plan"],
    ["Rack 12, server room", "Four units free after the move"],
    ["Cleaning contract", "Offices daily, warehouse on Saturdays"],
    ["Lorry Shinagawa 12-34", "Tyres changed in November; inspection due in March"],
    ["Data processing agreement, Hoshi Analytics", "Signed; deletes after 90 days"],
    ["Emergency lighting", "Two lamps out on the stairs to the roof"],
    ["Standing desks, third floor", "Six delivered, two more in January"],
    ["Dock schedule", "Mornings for import, afternoons for export"],
    ["Monitoring of the cold chain", "Alerts after ten minutes above 5 °C"],
    ["Password manager licences", "50 seats, 43 in use"],
    ["Water dispenser, reception", "Filter changed every six months"],
    ["Tenancy agreement, building C", "Ends in 2029; option for three years more"],
    ["Safety shoes", "Sizes 24 to 29; ask facilities"],
    ["Camera 5, yard", "Angle corrected: no view of the street any more"],
    ["Return of leased printers", "Collected on the 12th; proof of deletion received"],
    ["Inventory count, autumn", "Difference of 0.2 %, explained"],
    ["One shift plan for all sites", "Draft, to be discussed in December"],
    ["Old badge system", "Kept until the audit in spring, offline"],
    ["Archive, 2019", "May be destroyed from January on"],
  ],
  [
    ["Pump 4, Osaka plant", "Vibrates at high load; bearings ordered"],
    ["Calibration of scale 2", "Certificate filed, valid for a year"],
    ["Contract with Minato Steel", "Price fixed until June"],
    ["Press brake", "Guard replaced after the inspection"],
    ["Drawings, series 9", "Released; revision C is the valid one"],
    ["Solvent store", "Half full; delivery on Thursdays"],
    ["Crane inspection", "Passed without remarks"],
    ["Apprentices’ plan", "Two start in April"],
    ["Compressor 1", "Oil changed at 4,000 hours"],
    ["Tool cabinet, hall 2", "Counted; torque wrench is missing"],
  ],
];
/** Of the items that were changed, and of the first name of one that is gone. */
const CHANGED_EACH = 3;
const DELETED = ["Fax machine", "Poster of last year’s fair"];

/** Items of the last fortnight and a half, by several people, some of them changed by another one later. */
export async function demo({ tx, tenantId, place, writer, ago, after }: DemoTenant): Promise<DemoEvent[]> {
  const rows = ROWS[place] ?? [];
  if (rows.length === 0) return [];
  const events: DemoEvent[] = [];
  const made = rows.map(([name, description], index) => {
    const at = ago(0.3 + index ** 1.3 / 7);
    const by = writer(index * 2 + (index % 5));
    const id = uuidv7({ msecs: at.getTime() });
    const subject = { id, label: name };
    events.push({ by, action: "item.created", subject, at });
    const isChanged = index % CHANGED_EACH === 1;
    const updatedAt = isChanged ? after(at, 50 + index * 37) : at;
    const version = isChanged ? 2 : 1;
    if (isChanged) {
      const editor = writer(index * 2 + 1);
      events.push({ by: editor, action: "item.changed", subject, detail: { version }, at: updatedAt });
    }
    return { tenantId, id, name, description, ownerSub: by.sub, version, createdAt: at, updatedAt };
  });
  await tx.insert(items).values(made);
  for (const [index, label] of DELETED.entries()) {
    const at = ago(4.4 + index * 3.3);
    const subject = { id: uuidv7({ msecs: at.getTime() }), label };
    events.push({ by: writer(index), action: "item.deleted", subject, at });
  }
  return events;
}
