import { shellQuote } from './display.ts';

/** Where a command has to look. */
export interface Address {
  bucket: string;
  /** Null for AWS. */
  endpoint: string | null;
}

/** No argument of a command can hold NUL: then the whole bucket is looked at. */
const typable = (key: string): string => (key.includes('\0') ? '' : key);

const typed = ({ endpoint }: Address, ...words: string[]): string =>
  `\`${[...words, ...(endpoint === null ? [] : ['--endpoint-url', shellQuote(endpoint)])].join(' ')}\``;

const command = (at: Address, ...words: string[]): string => typed(at, 'aws', ...words);

const urlOf = ({ bucket }: Address, key: string): string => shellQuote(`s3://${bucket}/${typable(key)}`);

/** Lists one level; of an object, the object. */
export const listCommand = (at: Address, key = ''): string => command(at, 's3', 'ls', urlOf(at, key));

/** Lists all that lies below a prefix. */
export const listAllCommand = (at: Address, prefix: string): string =>
  command(at, 's3', 'ls', '--recursive', urlOf(at, prefix));

/** Prints an object. Only for what holds no secrets. */
export const showCommand = (at: Address, key: string): string => command(at, 's3', 'cp', urlOf(at, key), '-');

/** Lists what a versioned bucket still has of an object or a folder. */
export const versionsCommand = (at: Address, key: string): string =>
  command(
    at,
    's3api',
    'list-object-versions',
    '--bucket',
    shellQuote(at.bucket),
    // As one word: a key may begin with a dash.
    `--prefix=${shellQuote(typable(key))}`,
  );

/** Shows the lifecycle rules of the bucket. */
export const lifecycleCommand = (at: Address): string =>
  command(at, 's3api', 'get-bucket-lifecycle-configuration', '--bucket', shellQuote(at.bucket));

/** Lists the uploads below a prefix that were begun and not completed. */
export const uploadsCommand = (at: Address, prefix: string): string =>
  command(
    at,
    's3api',
    'list-multipart-uploads',
    '--bucket',
    shellQuote(at.bucket),
    // As one word: a key may begin with a dash.
    `--prefix=${shellQuote(typable(prefix))}`,
  );

/** Where a plan is written to, in the working directory. */
export const planFolder = 'plan';

/** Has this program write down how metadata that is missing or wrong would be put right. It changes nothing in the bucket. */
export const planCommand = (at: Address): string =>
  typed(at, 'npx', 'bucket-hygiene', 'audit', shellQuote(`s3://${at.bucket}`), '--deep', '--plan', planFolder);

export const identityCommand = '`aws sts get-caller-identity`';

/** A part of a remedy: prose, or a command to be shown as it stands. */
export interface RemedyPart {
  command: boolean;
  text: string;
}

/**
 * Takes a remedy apart, so that each command can be shown on a line of its own and copied whole. Commands stand between
 * backticks, and hold none themselves (`shellQuote` sees to it). The full stop after a command is left out.
 */
export const remedyParts = (remedy: string): RemedyPart[] =>
  remedy
    .split('`')
    .map((text, index) => {
      const command = index % 2 === 1;
      return { command, text: command ? text : text.trim().replace(/^[.,;]\s*/, '') };
    })
    .filter(({ text }) => text !== '');
