import type { Page } from "@playwright/test";
import type { Stack } from "../../infra/local/stack";
import { expectFits, TEXT_SPACING, wearStyle } from "./fit";
import { signedInPerson } from "./person";
import { expect, ONCE, test } from "./test";
import { newTenant, type User } from "./users";
import type { Words } from "./words";

/** A word that fills every line. */
const LONG = "Unbreakable".repeat(15);
const VIEWS = [
  { name: "at 200 %", tag: ONCE, viewport: { width: 640, height: 400 }, style: "", what: "Lantern" },
  {
    name: "320 pixels wide, whatever the words",
    viewport: { width: 320, height: 256 },
    style: "",
    what: LONG,
  },
  {
    name: "with text twice as big",
    viewport: { width: 1280, height: 800 },
    style: "html { font-size: 200% }",
    what: "Lantern",
  },
  {
    name: "with text spaced out",
    tag: ONCE,
    viewport: { width: 1280, height: 800 },
    style: TEXT_SPACING,
    what: "Lantern",
  },
];

/** What a test is given of a view: what things are called in it, and how it is looked at. */
type Room = { page: Page; stack: Stack; t: Words; what: string; isLong: boolean; look: Look };
/** Checks that nothing of a state of the page is cut off. */
type Look = (state: string) => Promise<void>;

/** Goes through something in each view with little room: everything is there, can be reached and be pressed. */
export function inLittleRoom(title: string, goThrough: (room: Room) => Promise<void>): void {
  for (const { name, tag = [], viewport, style, what } of VIEWS) {
    test.describe(name, { tag }, () => {
      test.use({ viewport });

      test(title, async ({ page, stack, t }) => {
        await goThrough({ page, stack, t, what, isLong: what === LONG, look: looker(page, style) });
      });
    });
  }
}

/** Looks at a state of the page with this style of the reader's own. */
function looker(page: Page, style: string): Look {
  return async (state) => {
    await expect(page.getByRole("heading", { level: 1 }).first()).toBeAttached();
    await wearStyle(page, style);
    await expectFits(page, state);
  };
}

/** An address as long as there is one in such a view. */
export function addressIn({ isLong }: Room): string {
  return `${isLong ? "a".repeat(50) : "a"}-${newTenant()}@people.example`;
}

/** An administrator of a tenant whose names are as long as they may be in such a view, signed in. */
export function administratorIn(room: Room): Promise<User> {
  const tenant = room.isLong ? newTenant().padEnd(64, "t") : newTenant();
  return signedInPerson(room.page, room.stack, { email: addressIn(room), tenant, groups: ["admin"] });
}
