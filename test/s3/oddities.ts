import type { Answer } from './answer.ts';

/** How a store lists that follows the protocol and not S3: what it makes of a query, and of the answer. */
export interface Oddity {
  understood?: (query: URLSearchParams) => URLSearchParams;
  answered?: (answer: Answer, query: URLSearchParams) => Answer;
}

const without = (query: URLSearchParams, name: string): URLSearchParams => {
  const rest = new URLSearchParams(query);
  rest.delete(name);
  return rest;
};

const isLong = (query: URLSearchParams): boolean => (query.get('delimiter') ?? '').length > 1;

const rewritten = (answer: Answer, change: (text: string) => string): Answer => ({
  ...answer,
  body: Buffer.from(change(answer.body.toString('utf8')), 'utf8'),
});

/** Takes no notice of a delimiter of several characters. */
export const ignoresLongDelimiters: Oddity = {
  understood: (query) => (isLong(query) ? without(query, 'delimiter') : query),
};

/** Knows delimiters of one character only, and takes the first of several. */
export const cutsLongDelimiters: Oddity = {
  understood: (query) => {
    const cut = new URLSearchParams(query);
    if (isLong(query)) cut.set('delimiter', (query.get('delimiter') ?? '').slice(0, 1));
    return cut;
  },
};

/** Gives the token of the first page again and again where the delimiter has several characters (minio/minio, issue 20682). */
export function repeatsTokens(): Oddity {
  let first: string | undefined;
  const token = /(?<=<NextContinuationToken>)[^<]*/;
  return {
    answered: (answer, query) =>
      isLong(query)
        ? rewritten(answer, (text) => {
            first ??= token.exec(text)?.[0];
            return text.replace(token, first ?? '');
          })
        : answer,
  };
}

/** Begins at the beginning, whatever key the listing is to start after. */
export const ignoresStartAfter: Oddity = { understood: (query) => without(query, 'start-after') };

/** Rows of a page in no order, where the delimiter has several characters. */
export const listsOutOfOrder: Oddity = {
  answered: (answer, query) =>
    isLong(query)
      ? rewritten(answer, (text) => {
          const row = /<Contents>.*?<\/Contents>/gs;
          const rows = text.match(row) ?? [];
          let index = 0;
          return text.replace(row, () => rows[rows.length - ++index] ?? '');
        })
      : answer,
};

/** Sends the folded row that ended a page again at the beginning of the next one. */
export function repeatsFolded(): Oddity {
  const lasts = new Map<string, string | undefined>();
  return {
    answered: (answer, query) =>
      rewritten(answer, (text) => {
        const listing = `${query.get('delimiter') ?? ''} ${query.get('prefix') ?? ''}`;
        const again = query.has('continuation-token') ? lasts.get(listing) : undefined;
        const folded = text.match(/<CommonPrefixes>.*?<\/CommonPrefixes>/gs)?.at(-1);
        const rows = [...text.matchAll(/<(?:Key|Prefix)>([^<]*)</g)].map(([, key = '']) => decodeURIComponent(key));
        const isFoldedLast = rows.every(
          (key) => folded !== undefined && Buffer.compare(Buffer.from(key), Buffer.from(keyOf(folded))) <= 0,
        );
        lasts.set(listing, isFoldedLast ? folded : undefined);
        if (again === undefined) return text;
        const counted = text.replace(/(?<=<KeyCount>)\d+/, (count) => String(Number(count) + 1));
        const place = counted.search(/<CommonPrefixes>|<\/ListBucketResult>/);
        return counted.slice(0, place) + again + counted.slice(place);
      }),
  };
}

const keyOf = (row: string): string => decodeURIComponent(/<Prefix>([^<]*)</.exec(row)?.[1] ?? '');
