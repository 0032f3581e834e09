import { tones } from './tones.ts';
import { dark, light, variablesOf } from './theme.ts';

const fills = tones.map((tone) => `.ground-${tone} { fill: var(--ground-${tone}); }`).join('\n');
const marks = tones
  .filter((tone) => tone !== 'own')
  .map((tone) => `.mark-${tone} { fill: var(--mark-${tone}); }`)
  .join('\n');
const badges = tones.map((tone) => `.badge.${tone} { background: var(--ground-${tone}); }`).join('\n');

/** How the page looks: one column that grows with the room, one accent, system fonts, light and dark, screen and paper. */
export const style = `
:root {
color-scheme: light dark;
${variablesOf(light)}
}
@media (prefers-color-scheme: dark) {
:root {
${variablesOf(dark)}
}
}
@media print {
:root {
color-scheme: light;
${variablesOf({ ...light, page: '#ffffff' })}
}
}

* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { margin: 0; background: var(--page); color: var(--ink); font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif; overflow-wrap: anywhere; }
.top, main, .bottom { max-width: 92rem; margin-inline: auto; padding-inline: clamp(1rem, 3.2vw, 3rem); }
.top { padding-block: 1.5rem 0; }
.bottom { padding-block: 1rem 3rem; color: var(--soft); font-size: .9rem; }
main:focus { outline: none; }

h1, h2, h3, h4, h5, p, ul, ol, dl, dd, pre { margin: 0; padding: 0; }
h1 { font-size: .95rem; font-weight: 600; }
.of { color: var(--soft); font-weight: 400; margin-inline-start: .5em; }
h2 { font-size: clamp(1.45rem, 1.1rem + 1.5vw, 2.1rem); line-height: 1.25; font-weight: 600; letter-spacing: -.012em; display: flex; gap: .6em; align-items: flex-start; text-wrap: pretty; }
h3 { font-size: 1.2rem; line-height: 1.35; font-weight: 600; letter-spacing: -.005em; }
h4 { font-size: 1rem; font-weight: 600; }
.card > :first-child::first-letter, .group > h5::first-letter { text-transform: uppercase; }
h5, h6 { font-size: 1rem; font-weight: 600; line-height: 1.4; margin: 0; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: .18em; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
code, pre, .keys { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .86em; }
bdi.key { white-space: pre-wrap; overflow-wrap: anywhere; }
ul, ol { padding-inline-start: 1.2em; }
.aside, .why, .meta { color: var(--soft); }
.aside { font-size: .9rem; max-width: 75ch; }
.count { color: var(--soft); font-weight: 400; font-variant-numeric: tabular-nums; margin-inline-start: .3em; }
.defs { position: absolute; }
${fills}
${marks}

.skip, .skip-part a { position: absolute; inset-inline-start: -100rem; }
.skip:focus, .skip-part a:focus { inset-inline-start: 1rem; inset-block-start: 1rem; z-index: 2; background: var(--card); padding: .5rem .9rem; border: 1px solid var(--line); border-radius: 6px; }
.skip-part { position: relative; }
.skip-part a:focus { inset-inline-start: 0; inset-block-start: 0; }

.bucket + .bucket { margin-block-start: 4rem; border-block-start: 1px solid var(--line); }
.part { margin-block-start: 3rem; }
.part > h3 { margin-block-end: .7rem; }
.bar { display: flex; flex-wrap: wrap; gap: .75rem 1.5rem; align-items: center; justify-content: space-between; margin-block-end: .9rem; }

.overview ul { list-style: none; padding: 0; margin-block-start: 1rem; display: grid; gap: .35rem; }
.overview a { display: flex; gap: .7rem; align-items: flex-start; padding: .55rem .8rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; color: inherit; text-decoration: none; }
.overview a:hover { border-color: var(--accent); }

.verdict { padding-block-start: 1.75rem; }
.mood { flex: none; display: inline-grid; place-items: center; inline-size: 1.5em; block-size: 1.5em; border-radius: 50%; font-weight: 700; line-height: 1; border: 2px solid currentColor; }
h2 .mood { font-size: .72em; margin-block-start: .12em; }
.overview .mood { font-size: .8rem; margin-block-start: .1rem; }
.mood.failed, .mood.error, .mood.partial { color: var(--error); }
.mood.warning { color: var(--warning); }
.mood.note { color: var(--note); }
.mood.clean { color: var(--clean); }
.loud { margin-block-start: 1.2rem; padding: .9rem 1.1rem; border: 2px dashed var(--error); border-radius: 8px; background: var(--card); max-width: 75ch; }
.loud strong { color: var(--error); }
.figures { display: flex; flex-wrap: wrap; gap: .5rem 2.5rem; margin-block-start: 1.3rem; }
.figures div { display: flex; flex-direction: column-reverse; }
.figures dt { color: var(--soft); font-size: .88rem; }
.figures dd { font-size: 1.35rem; font-weight: 600; line-height: 1.3; font-variant-numeric: tabular-nums; }
.verdict > .aside { margin-block-start: .7rem; }
.first { margin-block-start: 1.6rem; padding: 1.1rem 1.3rem 1.25rem; background: var(--card); border: 1px solid var(--line); border-inline-start: 4px solid var(--accent); border-radius: 8px; display: grid; gap: .55rem; }
.first h3 { font-size: .88rem; color: var(--soft); font-weight: 600; letter-spacing: 0; }
.first > p { max-width: 85ch; }

.switch { display: flex; }
button { font: inherit; font-size: .9rem; color: inherit; background: var(--card); border: 1px solid var(--line); padding: .3rem .8rem; border-radius: 6px; cursor: pointer; }
button:hover:enabled { border-color: var(--accent); }
button:disabled { color: var(--soft); cursor: default; }
.switch button { border-radius: 0; margin-inline-start: -1px; }
.switch button:first-child { border-start-start-radius: 6px; border-end-start-radius: 6px; }
.switch button:last-child { border-start-end-radius: 6px; border-end-end-radius: 6px; }
button[aria-pressed="true"] { background: var(--accent); border-color: var(--accent); color: var(--card); }
.map { display: block; inline-size: 100%; block-size: clamp(17rem, 34vw, 31rem); border-radius: 8px; background: var(--card); }
.tile rect { stroke: var(--page); stroke-width: 2; }
.tile { color: var(--ink); text-decoration: none; }
.tile:focus { outline: none; }
.tile:focus-visible rect, .tile:hover rect { stroke: var(--accent); stroke-width: 4; }
.tile text { fill: var(--ink); unicode-bidi: isolate; direction: ltr; white-space: pre; pointer-events: none; }
.tile-name { font-size: 13px; font-weight: 600; }
.tile-more { font-size: 12px; font-variant-numeric: tabular-nums; }
@media (max-width: 50rem) { .tile .roomy { display: none; } }
[data-of] .aside { margin-block-start: .6rem; }
.legend { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .3rem 1.5rem; margin-block-start: .6rem; font-size: .9rem; }
.legend li { display: flex; align-items: center; gap: .4em; }
.swatch { flex: none; vertical-align: -.15em; }
.sign { font-family: ui-monospace, monospace; font-weight: 700; }

.chapter { margin-block-start: 1.6rem; }
.chapter > h4 { display: flex; align-items: center; gap: .45em; }
.chapter > h4::before { content: ""; inline-size: .7em; block-size: .7em; border-radius: 2px; background: var(--soft); }
.chapter > h4.error::before { background: var(--error); }
.chapter > h4.warning::before { background: var(--warning); border-radius: 50%; }
.chapter > h4.note::before { background: none; border: 2px solid var(--note); border-radius: 50%; }
.group { margin-block-start: 1.4rem; }
.group > .why, .chapter > .why { margin-block-start: .2rem; max-width: 85ch; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 27rem), 1fr)); gap: 1rem; margin-block-start: .8rem; align-items: start; }
.card { background: var(--card); border: 1px solid var(--line); border-block-start: 3px solid var(--note); border-radius: 8px; padding: 1rem 1.2rem 1.1rem; display: grid; gap: .55rem; min-inline-size: 0; }
.more .card { content-visibility: auto; contain-intrinsic-size: auto 22rem; }
.card.error { border-block-start-color: var(--error); }
.card.warning { border-block-start-color: var(--warning); }
.card:target, .lines li:target { outline: 3px solid var(--accent); outline-offset: 2px; }
.meta { font-size: .88rem; display: flex; flex-wrap: wrap; gap: .1rem .6rem; align-items: baseline; }
.lines .meta { display: inline; }
.status { font-weight: 600; }
.severity { font-size: .82rem; font-weight: 600; padding: .05em .55em; border: 1px solid currentColor; border-radius: 99px; white-space: nowrap; }
.severity.error { color: var(--error); }
.severity.warning { color: var(--warning); }
.severity.note { color: var(--note); }
.remedy { display: grid; gap: .4rem; }
.remedy pre { background: var(--sunken); border-radius: 6px; padding: .55rem .75rem; white-space: pre-wrap; overflow-wrap: anywhere; user-select: all; }
summary { cursor: pointer; color: var(--accent); inline-size: fit-content; }
details.more { margin-block-start: .9rem; }
.evidence { font-size: .92rem; }
.facts { display: grid; gap: .25rem; margin-block-start: .5rem; }
.facts > div { display: grid; grid-template-columns: clamp(7rem, 30%, 13rem) minmax(0, 1fr); gap: 1rem; }
.facts dt { color: var(--soft); }
.facts dd { font-variant-numeric: tabular-nums; }
.keys, .lines { list-style: none; padding: 0; max-block-size: 16rem; overflow-y: auto; }
.lines { max-block-size: none; margin-block-start: .5rem; }

.filters { display: flex; flex-wrap: wrap; gap: .4rem 1.1rem; align-items: center; font-size: .9rem; }
.field { display: flex; gap: .5rem; align-items: center; min-inline-size: 0; }
.filters label { color: var(--soft); }
input, select { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .3rem .5rem; min-inline-size: 0; max-inline-size: 100%; }
.scroll { overflow: auto; max-block-size: 44rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
table { border-collapse: separate; border-spacing: 0; inline-size: 100%; min-inline-size: 44rem; font-size: .92rem; }
caption { text-align: start; color: var(--soft); padding: .6rem .9rem; font-size: .88rem; }
th, td { text-align: start; padding: .42rem .9rem; border-block-start: 1px solid var(--line); vertical-align: top; }
thead th { position: sticky; inset-block-start: 0; background: var(--sunken); font-weight: 600; white-space: nowrap; border: 0; z-index: 1; }
tbody th { font-weight: 500; min-inline-size: 10rem; max-inline-size: 32rem; }
tbody th bdi { display: block; overflow: clip; }
td { font-variant-numeric: tabular-nums; }
.n { text-align: end; white-space: nowrap; }
.none { color: var(--soft); }
td { overflow-wrap: normal; }
td a, td time { white-space: nowrap; }
tbody tr:hover > * { background: var(--sunken); }
tr:target > * { background: var(--sunken); box-shadow: inset 0 2px var(--accent), inset 0 -2px var(--accent); }
thead button { font: inherit; font-weight: 600; border: 0; background: none; padding: 0; }
thead button::after { content: " \\2195" / ""; color: var(--soft); }
th[aria-sort="ascending"] button::after { content: " \\2191" / ""; color: inherit; }
th[aria-sort="descending"] button::after { content: " \\2193" / ""; color: inherit; }
.badge { display: inline-block; padding: 0 .5em; border-radius: 4px; white-space: nowrap; }
${badges}
.pager { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; justify-content: space-between; margin-block-start: .6rem; color: var(--soft); font-size: .9rem; }
.steps { display: flex; gap: .5rem; color: var(--ink); }

.bar-believed { fill: var(--soft); }
.bar-stored { fill: var(--accent); }
.lines-of-days { list-style: none; padding: 0; margin-block-start: .8rem; display: grid; gap: .5rem; }
.line { display: grid; grid-template-columns: minmax(8rem, 14rem) minmax(0, 1fr) minmax(12rem, 26rem); gap: .2rem 1rem; align-items: start; }
.line-words { font-size: .88rem; color: var(--soft); font-variant-numeric: tabular-nums; }
.days { display: block; inline-size: 100%; block-size: 1.4rem; }
.day-axis { fill: var(--line); }
.day-present { fill: var(--accent); }
.day-missing { fill: var(--error); }
.day-beyond { stroke: var(--warning); stroke-width: 1; }
@media (max-width: 50rem) { .line { grid-template-columns: minmax(0, 1fr); padding-block-end: .5rem; } }
@media (min-width: 70rem) { .colophon .facts { grid-template-columns: 1fr 1fr; column-gap: 3rem; } }
.colophon { border-block-start: 1px solid var(--line); padding-block-start: 1.5rem; font-size: .92rem; }

@media print {
body { font-size: 10pt; }
.top, main { max-width: none; padding-inline: 0; }
.skip, .skip-part, .filters, .switch, .pager { display: none; }
.map, .badge, .swatch, .days, .bars, .first { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.scroll, .keys { max-block-size: none; overflow: visible; }
table { min-inline-size: 0; }
thead th { position: static; }
thead button::after { content: none; }
.card, .line, tr, .first { break-inside: avoid; }
h3, h4 { break-after: avoid; }
.more .card { content-visibility: visible; }
details::details-content { content-visibility: visible; block-size: auto; }
summary { list-style: none; color: var(--soft); }
a { color: inherit; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
@media (forced-colors: active) { .tile rect { stroke: CanvasText; } .severity, .badge { border: 1px solid; } }
`;
