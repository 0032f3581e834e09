import { describe, expect, it } from 'vitest';
import { faultWhen, type Fault, type BucketContents } from '../../s3/server.ts';
import { auditObjects, findingOf, findingsOf } from '../../support/audited.ts';
import { deploymentBody, markerBody, object } from '../../support/generated.ts';
import { holds, status } from './settings.ts';

interface Rule {
  filter?: string;
  status?: string;
  then: string;
  id?: string;
  /** The old form: the prefix beside, not within, a filter. */
  oldPrefix?: string;
}
const days = (n: number) => `<Expiration><Days>${String(n)}</Days></Expiration>`;
const on = (date: string) => `<Expiration><Date>${date}T00:00:00Z</Date></Expiration>`;
const moves = (storage: string, n: number) =>
  `<Transition><Days>${String(n)}</Days><StorageClass>${storage}</StorageClass></Transition>`;
const prefixed = (prefix: string) => `<Prefix>${prefix}</Prefix>`;

const lifecycle = (...rules: Rule[]): Pick<BucketContents, 'settings'> => ({
  settings: {
    lifecycle: `<?xml version="1.0" encoding="UTF-8"?><LifecycleConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${rules
      .map(
        ({ filter = '', status = 'Enabled', then, id = 'tidy', oldPrefix }) =>
          `<Rule><ID>${id}</ID>${oldPrefix === undefined ? `<Filter>${filter}</Filter>` : prefixed(oldPrefix)}<Status>${status}</Status>${then}</Rule>`,
      )
      .join('')}</LifecycleConfiguration>`,
  },
});

const both = ['lifecycle-before-retention app/', 'lifecycle-before-retention web/'];

const rules: [string, Rule[], string[]][] = [
  [
    'a rule for the whole bucket',
    [{ then: days(90) }],
    ['lifecycle-before-retention web/', 'lifecycle-reaches-metadata /'],
  ],
  ['a rule that is sooner than retention', [{ then: days(29) }], [...both, 'lifecycle-reaches-metadata /']],
  ['a rule as long as retention', [{ filter: prefixed('app/date='), then: days(30) }], []],
  [
    'a rule for the data of one stream',
    [{ filter: prefixed('app/date='), then: days(7) }],
    ['lifecycle-before-retention app/'],
  ],
  [
    'a rule for one day',
    [{ filter: prefixed('web/date=2026-11-20/hour=05/'), then: days(7) }],
    ['lifecycle-before-retention web/'],
  ],
  ['a rule for a day that is not there', [{ filter: prefixed('web/date=2027'), then: days(7) }], []],
  [
    'a rule for one stream',
    [{ filter: prefixed('web/'), then: days(7) }],
    ['lifecycle-before-retention web/', 'lifecycle-reaches-metadata web/'],
  ],
  [
    'a rule for the metadata of one stream',
    [{ filter: prefixed('web/.str'), then: days(7) }],
    ['lifecycle-reaches-metadata web/.str'],
  ],
  ['a rule of the old form', [{ oldPrefix: '.parseable/', then: days(7) }], ['lifecycle-reaches-metadata .parseable/']],
  [
    'a rule deep in a folder of Parseable’s own',
    [{ filter: prefixed(`.users/${'ab'.repeat(32)}/dash`), then: days(7) }],
    [`lifecycle-reaches-metadata .users/${'ab'.repeat(32)}/dash`],
  ],
  ['a rule for what is not there', [{ filter: prefixed('.users/nobody/'), then: days(7) }], []],
  ['a rule for foreign content', [{ filter: prefixed('exports/'), then: days(7) }], []],
  ['a rule that is switched off', [{ status: 'Disabled', then: days(1) }], []],
  ['a rule for tagged objects', [{ filter: '<Tag><Key>tmp</Key><Value>yes</Value></Tag>', then: days(1) }], []],
  [
    'a rule for tagged objects below a prefix',
    [{ filter: `<And>${prefixed('')}<Tag><Key>tmp</Key><Value>yes</Value></Tag></And>`, then: days(1) }],
    [],
  ],
  [
    'a rule for large objects',
    [{ filter: '<ObjectSizeGreaterThan>1048576</ObjectSizeGreaterThan>', then: days(7) }],
    both,
  ],
  ['a rule for empty objects', [{ filter: '<ObjectSizeLessThan>1</ObjectSizeLessThan>', then: days(7) }], []],
  [
    'a rule with prefix and size',
    [{ filter: `<And>${prefixed('web/')}<ObjectSizeGreaterThan>1048576</ObjectSizeGreaterThan></And>`, then: days(7) }],
    ['lifecycle-before-retention web/'],
  ],
  [
    'a rule that acts on a date',
    [{ filter: prefixed('app/date='), then: on('2030-01-01') }],
    ['lifecycle-before-retention app/'],
  ],
  [
    'a move to an archive',
    [{ filter: prefixed('app/date='), then: moves('DEEP_ARCHIVE', 7) }],
    ['lifecycle-before-retention app/'],
  ],
  ['a move to where objects can be read', [{ then: moves('GLACIER_IR', 7) + moves('STANDARD_IA', 30) }], []],
  [
    'a rule for older versions and unfinished uploads',
    [
      {
        then: '<NoncurrentVersionExpiration><NoncurrentDays>7</NoncurrentDays></NoncurrentVersionExpiration><AbortIncompleteMultipartUpload><DaysAfterInitiation>7</DaysAfterInitiation></AbortIncompleteMultipartUpload>',
      },
    ],
    [],
  ],
  [
    'a rule that removes lone delete markers',
    [{ then: '<Expiration><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration>' }],
    [],
  ],
];

describe('a lifecycle with', () => {
  it.each(rules)('%s', async (_, given, expected) => {
    const outcome = await auditObjects(holds, { ignoreKinds: ['foreign-prefix'] }, { contents: lifecycle(...given) });
    expect(findingsOf(outcome)).toEqual([...expected].sort());
    expect(outcome).toMatchObject({ completeness: 'full', skipped: [] });
  });

  it('a rule for an overview, and one for the copy of a bucket that somebody keeps', async () => {
    const copy = [
      object('copy/.parseable/.parseable.json', deploymentBody()),
      object('copy/app/.stream/.stream.json', markerBody('v7')),
    ];
    const contents = lifecycle(
      { filter: prefixed('app/over'), then: days(7) },
      { filter: prefixed('copy/'), then: days(7) },
    );
    const allow = [{ prefix: 'copy/', reason: null, owner: null, expires: null }];
    const config = { allow, ignoreKinds: ['foreign-prefix' as const] };
    const outcome = await auditObjects([...holds, object('app/overview', '{}'), ...copy], config, { contents });
    expect(findingsOf(outcome)).toEqual(['lifecycle-reaches-metadata app/over']);
  });

  it('two rules for one prefix is one finding that names both', async () => {
    const contents = lifecycle({ id: 'a', then: days(90) }, { id: 'b', then: moves('GLACIER', 60) });
    const outcome = await auditObjects(holds, {}, { contents });
    expect(findingOf(outcome, 'lifecycle-reaches-metadata').evidence).toMatchObject({
      rules: [
        { id: 'a', action: 'expires objects after 90 days' },
        { id: 'b', action: 'moves objects to GLACIER after 60 days' },
      ],
    });
  });
});

describe('a lifecycle that cannot be read', () => {
  it.each([
    ['is refused', status(403, 'AccessDenied')],
    ['is not known to the store', status(501, 'NotImplemented')],
  ])('and %s is skipped, once, and the audit is full', async (_, fault) => {
    const faults = faultWhen(({ operation }) => operation === 'GetBucketLifecycleConfiguration', fault);
    const outcome = await auditObjects(holds, {}, { contents: lifecycle({ then: days(1) }), faults });
    expect(findingsOf(outcome)).toEqual(['foreign-prefix exports/']);
    expect(outcome).toMatchObject({ completeness: 'full', skipped: [{ what: 'lifecycle' }] });
  });

  it.each<[string, Fault]>([
    ['a throttle', status(503, 'SlowDown')],
    ['a reset', { kind: 'reset' }],
    ['a stall', { kind: 'truncate' }],
  ])('for %s makes the audit partial', async (_, fault) => {
    const faults = faultWhen(({ operation }) => operation === 'GetBucketLifecycleConfiguration', fault);
    const outcome = await auditObjects(holds, {}, { contents: lifecycle({ then: days(1) }), faults });
    expect(findingsOf(outcome)).toEqual(['foreign-prefix exports/', 'scan-incomplete /']);
    expect(outcome).toMatchObject({ completeness: 'partial', skipped: [] });
  });
});
