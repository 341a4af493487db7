import { readFile } from "node:fs/promises";
import { ImageResponse } from "next/og";

export const alt = "Sekisho";
export const size = { width: 1200, height: 630 };
export const contentType = "image/png";

/** What a link to the application looks like elsewhere. Made once, when it is built. */
export default async function Picture() {
  const mark = (await readFile("app/icon.svg")).toString("base64");
  const row = { display: "flex", alignItems: "center" } as const;
  return new ImageResponse(
    <div
      style={{
        ...row,
        justifyContent: "center",
        gap: 48,
        width: "100%",
        height: "100%",
        background: "#faf9f7",
      }}
    >
      {/* biome-ignore lint/performance/noImgElement: this is drawn on the server, into a picture. */}
      <img alt="" src={`data:image/svg+xml;base64,${mark}`} width={180} height={180} />
      <div style={{ fontSize: 128, color: "#1c1917", letterSpacing: -4 }}>Sekisho</div>
    </div>,
    size,
  );
}
