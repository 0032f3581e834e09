/** A path in the syntax tree as Stryker hands it to an ignorer, as far as this one looks. */
interface Path {
  node: Node;
  parentPath: Path | null;
}

interface Node {
  type: string;
  id?: { name?: string };
  key?: { name?: string };
  expressions?: Node[];
  [field: string]: unknown;
}

/** The tables of what is told to people. A test that pins each sentence would say the table twice, and prove nothing. */
const tables = new Set(['kinds', 'consequences', 'refusals', 'messages', 'remedies', 'scanIncomplete']);
/** In tables that hold more than words, the fields that are words. */
const wordsIn: Record<string, string> = { kinds: 'title', consequences: 'happens', refusals: 'happens' };

/** Parents by which a string is a name or is compared, not told. */
const notTold = new Set(['BinaryExpression', 'CallExpression', 'MemberExpression', 'TSLiteralType']);
/** What decides something inside of a sentence: then the sentence is mutated, too. */
const deciding = new Set(['ConditionalExpression', 'LogicalExpression', 'BinaryExpression']);

function tableOf(path: Path): string | null {
  for (let at: Path | null = path; at !== null; at = at.parentPath) {
    const name = at.node.type === 'VariableDeclarator' ? at.node.id?.name : undefined;
    if (name !== undefined && tables.has(name)) return name;
  }
  return null;
}

function decides(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(decides);
  const node = value as Node;
  return deciding.has(node.type) || Object.entries(node).some(([field, child]) => field !== 'loc' && decides(child));
}

function shouldIgnore(path: Path): string | undefined {
  const { type, expressions } = path.node;
  if (type !== 'StringLiteral' && type !== 'TemplateLiteral') return undefined;
  const parent = path.parentPath?.node;
  if (parent === undefined || notTold.has(parent.type) || decides(expressions)) return undefined;
  const table = tableOf(path);
  if (table === null) return undefined;
  const field = wordsIn[table];
  return field === undefined || parent.key?.name === field ? 'prose for people' : undefined;
}

/** Lets mutants of plain prose be; what is decided in or around a sentence is mutated all the same. */
export const strykerPlugins = [{ kind: 'Ignore', name: 'prose', value: { shouldIgnore } }];
