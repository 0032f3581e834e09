import { createHash } from 'node:crypto';
import { markup, trusted, type Html } from './markup.ts';
import { patterns } from './map.ts';
import { script } from './script.ts';
import { style } from './style.ts';

/** How a policy names a style or a script that stands in the document: by what it says. */
const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;

/**
 * What the page may do: nothing but apply its own style and run its own script. No request leaves it, whatever a key holds;
 * no other script runs, no attribute is one.
 */
const policy = [
  "default-src 'none'",
  `style-src ${hashOf(style)}`,
  `script-src ${hashOf(script)}`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The document around its content. */
export const pageOf = (title: string, heading: Html, body: Html): Html =>
  markup`${trusted('<!doctype html>')}
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${trusted(style)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the report</a>
${patterns}
<header class="top">${heading}</header>
<main id="content" tabindex="-1">
${body}</main>
<footer class="bottom"><p>What a kind of finding means: <code>npx bucket-hygiene explain KIND</code></p></footer>
<script>${trusted(script)}</script>
</body>
</html>
`;
