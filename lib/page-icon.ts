/** The icons that a page of the navigation can have; `app/(tenant)/nav-icon.tsx` draws them. */
export type PageIcon =
  | "home"
  | "box"
  | "bell"
  | "people"
  | "record"
  | "person"
  | "key"
  | "building"
  | "folder"
  | "list"
  | "chart"
  | "calendar";
