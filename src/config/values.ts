/**
 * The forms of single values, shared by the configuration and the command line. Loose where stores differ: they are
 * here to catch a slip of the hand, the store has the last word.
 */

/** Also the older names of us-east-1, with capitals, underscores and up to 255 characters. */
export const isBucketName = (text: string): boolean => /^[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]$/.test(text);

/** `2.9.5` or `v2.9.5` → `2.9.5`; null for anything else, `2.9` too: consequences differ between patch releases. */
export function serverVersionOf(text: string): string | null {
  const found = /^v?((?:0|[1-9]\d{0,4})\.(?:0|[1-9]\d{0,4})\.(?:0|[1-9]\d{0,4}))$/.exec(text);
  return found?.[1] ?? null;
}

/** True for a day that exists, as `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Why a text is no endpoint, or null when it is one. The reason never repeats the text: a password may stand in it. */
export function endpointProblem(text: string): string | null {
  const url = /^https?:\/\/[^\s/]/i.test(text) && URL.canParse(text) ? new URL(text) : null;
  if (url === null) return 'is not a URL that starts with http:// or https://';
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or password';
  if (url.search !== '' || url.hash !== '') return 'must not hold a query or a fragment';
  return null;
}

export const isRegion = (text: string): boolean => /^[A-Za-z0-9][A-Za-z0-9-]*$/.test(text);

export const isAccountId = (text: string): boolean => /^\d{12}$/.test(text);

export const isRoleArn = (text: string): boolean => /^arn:[a-z0-9-]+:iam::\d*:role\/[\w+=,.@/-]+$/.test(text);

/** A standard topic: one that keeps an order (`.fifo`) does not deliver mails. */
export const isTopicArn = (text: string): boolean => /^arn:[a-z0-9-]+:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/.test(text);

export const isCurrency = (text: string): boolean => /^[A-Z]{3}$/.test(text);
