/** Where a text stops being JSON, counted from 1 as editors do. */
interface JsonProblem {
  line: number;
  column: number;
  problem: string;
}

/** A configuration nested deeper than this is a mistake, and must not exhaust the stack. */
const deepest = 100;

class Stop extends Error {
  readonly at: number;
  constructor(at: number, problem: string) {
    super(problem);
    this.at = at;
  }
}

/**
 * Reads a JSON text strictly (RFC 8259). Besides what `JSON.parse` refuses, a name given twice in one object is refused:
 * its first value would be lost without a word. The problem says where, which `JSON.parse` does for some errors only.
 */
export function readJson(text: string): { value: unknown } | JsonProblem {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  try {
    checkSyntax(source);
    return { value: JSON.parse(source) as unknown };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    const before = source.slice(0, error.at).split(/\r\n|\r|\n/);
    return { line: before.length, column: (before.at(-1) ?? '').length + 1, problem: error.message };
  }
}

function checkSyntax(source: string): void {
  let at = 0;

  const skipSpace = () => {
    while (' \t\r\n'.includes(source[at] ?? 'end')) at++;
  };
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(source);
    if (found === null) return null;
    at += found[0].length;
    return found[0];
  };
  const found = () => (at >= source.length ? 'the text ends here' : `found ${JSON.stringify(source[at])}`);

  const string = (): string => {
    const start = at;
    at++;
    while (source[at] !== '"') {
      if (at >= source.length || source[at] === '\n' || source[at] === '\r')
        throw new Stop(start, 'this text is never closed');
      if (take(/\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})|[^"\\\u0000-\u001f]+/y) === null) {
        throw new Stop(
          at,
          source[at] === '\\' ? 'this backslash escapes nothing' : 'a control character inside a text',
        );
      }
    }
    at++;
    return JSON.parse(source.slice(start, at)) as string;
  };

  const members = (close: string, depth: number, member: () => void): void => {
    if (depth > deepest) throw new Stop(at, 'nested too deeply');
    at++;
    skipSpace();
    if (source[at] === close) {
      at++;
      return;
    }
    for (;;) {
      member();
      skipSpace();
      if (source[at] === close) {
        at++;
        return;
      }
      if (source[at] !== ',') throw new Stop(at, `expected , or ${close}, ${found()}`);
      const comma = at;
      at++;
      skipSpace();
      if (source[at] === close) throw new Stop(comma, `a comma before ${close} is one too many`);
    }
  };

  const value = (depth: number): void => {
    skipSpace();
    if (source[at] === '"') {
      string();
      return;
    }
    if (source[at] === '[') {
      members(']', depth, () => {
        value(depth + 1);
      });
      return;
    }
    if (source[at] === '{') {
      const names = new Set<string>();
      members('}', depth, () => {
        const start = at;
        if (source[at] !== '"') throw new Stop(at, `expected a name in double quotes, ${found()}`);
        const name = string();
        if (names.has(name)) throw new Stop(start, `${JSON.stringify(name)} stands here a second time`);
        names.add(name);
        skipSpace();
        if (source[at] !== ':') throw new Stop(at, `expected :, ${found()}`);
        at++;
        value(depth + 1);
      });
      return;
    }
    if (source.startsWith('//', at) || source.startsWith('/*', at)) throw new Stop(at, 'JSON knows no comments');
    if (take(/true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y) === null) {
      throw new Stop(at, `expected a value, ${found()}`);
    }
  };

  value(0);
  skipSpace();
  if (at < source.length) throw new Stop(at, `expected nothing more, ${found()}`);
}
