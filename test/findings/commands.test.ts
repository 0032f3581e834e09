import { describe, expect, it } from 'vitest';
import {
  listAllCommand,
  listCommand,
  planCommand,
  remedyParts,
  showCommand,
  versionsCommand,
  type Address,
} from '../../src/findings/commands.ts';

const aws: Address = { bucket: 'logs', endpoint: null };
const minio: Address = { bucket: 'logs', endpoint: 'http://minio:9000/a b' };

describe('a command of a remedy', () => {
  it.each([
    [listCommand(aws), '`aws s3 ls s3://logs/`'],
    [listCommand(aws, 'a b.txt'), "`aws s3 ls 's3://logs/a b.txt'`"],
    [listAllCommand(aws, 'backups/'), '`aws s3 ls --recursive s3://logs/backups/`'],
    [showCommand(aws, 'app/.schema'), '`aws s3 cp s3://logs/app/.schema -`'],
    [versionsCommand(aws, '-x/'), "`aws s3api list-object-versions --bucket logs --prefix='-x/'`"],
    [planCommand(aws), '`npx bucket-hygiene audit s3://logs --deep --plan plan`'],
    [
      planCommand(minio),
      "`npx bucket-hygiene audit s3://logs --deep --plan plan --endpoint-url 'http://minio:9000/a b'`",
    ],
    [listCommand(minio), "`aws s3 ls s3://logs/ --endpoint-url 'http://minio:9000/a b'`"],
  ])('%s is one that can be typed as it stands', (command, text) => {
    expect(command).toBe(text);
  });

  it('looks at the whole bucket where no argument can hold the key', () => {
    expect(listAllCommand(aws, 'a\0b/')).toBe('`aws s3 ls --recursive s3://logs/`');
  });
});

describe('the parts of a remedy', () => {
  it.each([
    [
      'Look first: `aws s3 ls s3://logs/`. Then move it.',
      [
        [false, 'Look first:'],
        [true, 'aws s3 ls s3://logs/'],
        [false, 'Then move it.'],
      ],
    ],
    [
      'See `a`; or `b`,  and wait. Then, if need be, ask.',
      [
        [false, 'See'],
        [true, 'a'],
        [false, 'or'],
        [true, 'b'],
        [false, 'and wait. Then, if need be, ask.'],
      ],
    ],
    [
      'Look: `a`.',
      [
        [false, 'Look:'],
        [true, 'a'],
      ],
    ],
    ['Nothing is to be done.', [[false, 'Nothing is to be done.']]],
  ])('of %j are prose and commands, without the marks between them', (remedy, parts) => {
    expect(remedyParts(remedy).map(({ command, text }) => [command, text])).toEqual(parts);
  });
});
