/** The pages' look: that of the product, ink on paper and the vermilion of a seal for what to do next. */
export const style = `
:root {
  color-scheme: light dark;
  --canvas: #faf9f7; --surface: #fff; --raised: #f3f1ed; --ink: #1c1917; --muted: #655e56; --line: #e2ded7;
  --control: #8c857b; --accent: #b3312c; --accent-strong: #962420; --on-accent: #fff; --focus: #2b5c8a; --danger: #b42318; --good: #1c6b45;
}
@media (prefers-color-scheme: dark) {
  :root {
    --canvas: #12100e; --surface: #1b1917; --raised: #262320; --ink: #f2efea; --muted: #a8a098; --line: #35312d;
    --control: #7d766d; --accent: #f0857c; --accent-strong: #f5a19a; --on-accent: #2a0b09; --focus: #8ab8e6; --danger: #ff9a8f; --good: #72c79b;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100dvh; padding: 1.5rem 1rem; background: var(--canvas); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", "Hiragino Sans", "Noto Sans JP", "Noto Sans CJK JP", sans-serif;
}
body.card { display: grid; align-content: center; justify-items: center; }
.card main { width: 100%; max-width: 28rem; padding: 2rem; background: var(--surface); border: 1px solid var(--line); border-radius: 1rem; box-shadow: 0 1px 3px #0000001a; }
.wide main, .wide .brand { max-width: 72rem; margin-inline: auto; }
.brand { display: flex; align-items: center; gap: .5rem; margin-bottom: 1.5rem; font-size: 1.125rem; font-weight: 600; letter-spacing: -.015em; overflow-wrap: anywhere; }
.brand :where(img) { max-width: 12rem; max-height: 4rem; min-width: 1.5rem; }
.seal { width: 1.5rem; height: 1.5rem; border-radius: .33rem; background: var(--accent); }
footer { margin-top: 1.5rem; color: var(--muted); font-size: .875rem; }
h1 { margin: 0 0 .25rem; font-size: 1.25rem; line-height: 1.4; font-weight: 600; letter-spacing: -.015em; }
h2 { margin: 2.25rem 0 .5rem; font-size: 1.1rem; }
p { margin: 0 0 1rem; }
.why { color: var(--muted); font-size: .875rem; overflow-wrap: anywhere; }
form { margin-top: 1.25rem; }
.field { margin-bottom: 1rem; }
label { display: block; margin-bottom: .375rem; font-size: .875rem; font-weight: 500; }
input:not([type=radio]), textarea {
  width: 100%; min-height: 2.75rem; padding: .5rem .75rem; font: inherit; color: inherit; background: var(--surface);
  border: 1px solid var(--control); border-radius: .5rem;
}
input.code { letter-spacing: .2em; font-variant-numeric: tabular-nums; }
.choice { font-size: 1rem; display: flex; align-items: center; gap: .6rem; min-height: 2.75rem; margin: 0 0 .5rem; padding: .25rem .75rem; border: 1px solid var(--line); border-radius: .5rem; font-weight: 400; }
.choice input { accent-color: var(--accent); width: 1.1rem; height: 1.1rem; margin: 0; }
fieldset { margin: 0 0 1rem; padding: 0; border: 0; }
legend { padding: 0; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
button {
  width: 100%; min-height: 2.75rem; padding: .5rem 1rem; font: inherit; font-weight: 500; cursor: pointer;
  font-size: .875rem; color: var(--on-accent); background: var(--accent); border: 0; border-radius: .5rem;
}
.provider {
  display: grid; place-items: center; width: 100%; min-height: 2.75rem; margin-bottom: .6rem; padding: .5rem 1rem; font-size: .875rem; font-weight: 500;
  color: var(--ink); background: var(--surface); border: 1px solid var(--control); border-radius: .5rem; text-decoration: none;
}
.provider:hover { background: var(--raised); }
.or { margin: 1.25rem 0; color: var(--muted); font-size: .875rem; text-align: center; }
button:not(.provider):hover { background: var(--accent-strong); }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
a { color: var(--accent); text-underline-offset: .2em; }
.aside { margin: 1.25rem 0 0; font-size: .875rem; text-align: center; }
.aside + .aside { margin-top: 0; }
.aside a { display: inline-block; padding: .5rem; }
.told { margin: 1.25rem 0 0; padding: .65rem .85rem; border-radius: .5rem; border: 1px solid currentColor; overflow-wrap: anywhere; }
.told.bad { color: var(--danger); }
.told.good { color: var(--good); }
.qr { width: 12.5rem; margin: 1rem auto; padding: .5rem; background: #fff; border-radius: .5rem; }
.qr svg { display: block; width: 100%; height: auto; }
code { font: .92em ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.key { display: block; padding: .5rem .75rem; background: var(--raised); border-radius: .5rem; text-align: center; }
.scroll { overflow-x: auto; margin-bottom: 1.25rem; }
table { width: 100%; border-collapse: collapse; font-size: .92rem; }
th, td { padding: .45rem .75rem .45rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th { color: var(--muted); font-weight: 550; white-space: nowrap; }
td { white-space: pre-line; }
td code { overflow-wrap: normal; white-space: nowrap; }
.none { color: var(--muted); }
@media (max-width: 48rem) {
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { display: block; padding: .6rem 0; border-bottom: 1px solid var(--line); }
  td { display: grid; grid-template-columns: 7rem 1fr; padding: .1rem 0; border: 0; overflow-wrap: anywhere; }
  td code { white-space: normal; overflow-wrap: anywhere; }
  td::before { content: attr(data-label); color: var(--muted); }
  td:empty { display: none; }
}
@media (max-width: 30rem) {
  .card main { padding: 1.5rem; }
}
`;
