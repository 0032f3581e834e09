import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationOf, parseArguments } from '../../src/entry/args.ts';
import { helpText } from '../../src/entry/help.ts';
import { commands, optionsOf, shells } from '../../src/entry/options.ts';
import { UsageError } from '../../src/entry/usage.ts';
import { formatNames } from '../../src/report/formats.ts';

/** What is told about a command line that is wrong, without the pointer to the help. */
function problemsOf(...argv: string[]): string[] {
  try {
    parseArguments(argv);
  } catch (error) {
    if (error instanceof UsageError) return error.lines.filter((line) => !line.includes('--help'));
    throw error;
  }
  return [];
}

const optionsFor = (...argv: string[]) => {
  const command = parseArguments(['audit', 's3://logs', ...argv]);
  if (command.name !== 'audit') throw new Error('not an audit');
  return command.options;
};

describe('the arguments of an audit', () => {
  it('are a bucket, and defaults for the rest', () => {
    expect(parseArguments(['audit', 's3://logs'])).toEqual({
      name: 'audit',
      buckets: ['logs'],
      options: {
        format: 'text',
        output: null,
        endpoint: null,
        region: null,
        profile: null,
        pathStyle: null,
        config: null,
        state: null,
        baseline: null,
        writeBaseline: null,
        deep: false,
        plan: null,
        failOn: 'warning',
        serverVersion: null,
        concurrency: 32,
        maxDurationMs: null,
        quiet: false,
        noColor: false,
      },
    });
  });

  it('may be several buckets, with options before, between and behind', () => {
    const command = parseArguments([
      'audit',
      '--quiet',
      's3://logs-b',
      '--region=eu-west-1',
      's3://logs-a/',
      '--format',
      'json',
    ]);
    expect(command).toMatchObject({
      buckets: ['logs-b', 'logs-a'],
      options: { quiet: true, region: 'eu-west-1', format: 'json' },
    });
  });

  it('may set every option', () => {
    const argv = [
      '--format',
      'json',
      '--output',
      'r.json',
      '--endpoint-url',
      'http://localhost:9000',
      '--region',
      'eu-west-1',
    ];
    const more = [
      '--profile',
      'ops',
      '--path-style',
      '--config',
      'c.json',
      '--state',
      's3://ops/state/',
      '--fail-on',
      'never',
    ];
    const rest = [
      '--baseline',
      'known.json',
      '--write-baseline',
      'next.json',
      '--server-version',
      'v2.9.5',
      '--concurrency',
      '1024',
      '--max-duration',
      '10m',
      '--deep',
      '--plan',
      'repair',
      '--quiet',
      '--no-color',
    ];
    expect(optionsFor(...argv, ...more, ...rest)).toEqual({
      format: 'json',
      output: 'r.json',
      endpoint: 'http://localhost:9000',
      region: 'eu-west-1',
      profile: 'ops',
      pathStyle: true,
      config: 'c.json',
      state: 's3://ops/state/',
      baseline: 'known.json',
      writeBaseline: 'next.json',
      deep: true,
      plan: 'repair',
      failOn: 'never',
      serverVersion: '2.9.5',
      concurrency: 1024,
      maxDurationMs: 600_000,
      quiet: true,
      noColor: true,
    });
    expect(optionsFor('--no-path-style').pathStyle).toBe(false);
  });

  it.each([
    [[], 'audit needs a bucket, expected s3://BUCKET'],
    [['logs'], '"logs" is no bucket, expected s3://BUCKET (did you mean s3://logs?)'],
    [['s3://logs/app/'], '"s3://logs/app/" is a place inside a bucket, and a bucket is audited as a whole: s3://logs'],
    [['s3://logs', 's3://logs/'], 's3://logs is named twice'],
    [['s3://'], '"s3://" is no bucket, expected s3://BUCKET with a name of letters, digits, dots and dashes'],
    [['https://logs'], '"https://logs" is no bucket, expected s3://BUCKET'],
  ])('of %j are refused', (argv, problem) => {
    expect(problemsOf('audit', ...argv)).toEqual([problem]);
  });

  it.each([
    [['--reigon', 'eu-west-1'], '--reigon is no option of audit (did you mean --region?)'],
    [['--region'], '--region needs a value, expected a region such as eu-west-1'],
    [['--region', '--quiet'], '--region needs a value, expected a region such as eu-west-1'],
    [['--region='], '--region needs a value, expected a region such as eu-west-1'],
    [['--quiet=yes'], '--quiet takes no value, found "yes"'],
    [['-x'], '-x is no option of audit'],
    [['--format', 'xml'], '--format is "xml", expected text, json, markdown, html, sarif, junit or openmetrics'],
    [
      ['--format', 'jsn'],
      '--format is "jsn", expected text, json, markdown, html, sarif, junit or openmetrics (did you mean json?)',
    ],
    [
      ['--format', 'sairf'],
      '--format is "sairf", expected text, json, markdown, html, sarif, junit or openmetrics (did you mean sarif?)',
    ],
    [
      ['--format', 'toString'],
      '--format is "toString", expected text, json, markdown, html, sarif, junit or openmetrics',
    ],
    [['--format'], '--format needs a value, expected text, json, markdown, html, sarif, junit or openmetrics'],
    [['--deep=yes'], '--deep takes no value, found "yes"'],
    [['--plan', 'repair'], '--plan needs --deep: without a look into the streams there is nothing to plan with'],
    [
      ['--deep', '--plan', 's3://logs/repair'],
      '--plan is "s3://logs/repair", expected a folder on this machine such as repair/',
    ],
    [['--basline', 'known.json'], '--basline is no option of audit (did you mean --baseline?)'],
    [['-format', 'json'], '-format is no option of audit (did you mean --format?)'],
    [
      ['--baseline', 's3://ops/known.json'],
      '--baseline is "s3://ops/known.json", expected a file on this machine such as known.json',
    ],
    [
      ['--write-baseline', 'ssm:/known'],
      '--write-baseline is "ssm:/known", expected a file on this machine such as known.json',
    ],
    [['--fail-on', 'info'], '--fail-on is "info", expected error, warning, note or never'],
    [['--server-version', '2.9'], '--server-version is "2.9", expected a version such as 2.9.5'],
    [['--concurrency', '0'], '--concurrency is "0", expected a number from 1 to 1024'],
    [['--concurrency', '1025'], '--concurrency is "1025", expected a number from 1 to 1024'],
    [['--concurrency', '-1'], '--concurrency is "-1", expected a number from 1 to 1024'],
    [['--concurrency', '1.5'], '--concurrency is "1.5", expected a number from 1 to 1024'],
    [['--max-duration', '10'], '--max-duration is "10", expected a duration such as 90s, 10m or 2h'],
    [
      ['--endpoint-url', 'localhost:9000'],
      '--endpoint-url is not a URL that starts with http:// or https://, expected a URL such as https://minio.internal:9000',
    ],
    [['--config', 's3://ops'], '--config is "s3://ops", expected a path, s3://BUCKET/KEY or ssm:/NAME'],
    [['--state', 'https://ops'], '--state is "https://ops", expected s3://BUCKET/PREFIX/ or a folder'],
    [['--path-style', '--no-path-style'], '--path-style and --no-path-style exclude each other'],
  ])('with %j are refused', (argv, problem) => {
    expect(problemsOf('audit', 's3://logs', ...argv)).toEqual([problem]);
  });

  it('are refused for all their problems at once', () => {
    expect(problemsOf('audit', 'logs', '--fromat', 'json', '--concurrency', 'many')).toHaveLength(3);
  });

  it('are refused without repeating a password', () => {
    expect(problemsOf('audit', 's3://logs', '--endpoint-url', 'https://root:hunter2@minio').join()).not.toContain(
      'hunter2',
    );
  });

  it('are refused without letting a control character through', () => {
    expect(problemsOf('audit', '\u001b[2J', '--\u001b[31m', '--region', '\u202e').join()).not.toMatch(
      /[\u0000-\u001f\u202e]/,
    );
  });
});

describe('the arguments of a pre-flight', () => {
  it('are one bucket, and the options of an audit; a threshold is taken and counts for nothing', () => {
    const argv = ['--format', 'json', '--output', 'r.json', '--config', 'c.json', '--server-version', 'v1.6.2'];
    const more = ['--region', 'eu-west-1', '--max-duration', '90s', '--fail-on', 'note', '--no-color'];
    expect(parseArguments(['preflight', 's3://logs', ...argv, ...more])).toEqual({
      name: 'preflight',
      bucket: 'logs',
      options: {
        format: 'json',
        output: 'r.json',
        endpoint: null,
        region: 'eu-west-1',
        profile: null,
        pathStyle: null,
        config: 'c.json',
        serverVersion: '1.6.2',
        concurrency: 32,
        maxDurationMs: 90_000,
        quiet: false,
        noColor: true,
      },
    });
  });

  it.each([
    [[], 'preflight needs a bucket, expected s3://BUCKET'],
    [['s3://logs', 's3://logs-dev'], 'preflight takes one bucket, found 2'],
    [
      ['s3://logs', '--state', 's3://ops/state/'],
      '--state is no option of preflight: a pre-flight stands alone, and must not count as an audit of the bucket',
    ],
    [
      ['s3://logs', '--baseline', 'known.json'],
      '--baseline is no option of preflight: what is known is in the way all the same; what may stay belongs into allow in the configuration',
    ],
    [
      ['s3://logs', '--write-baseline=known.json'],
      '--write-baseline is no option of preflight: nothing may be agreed to before the bucket is in use',
    ],
    [['s3://logs', '--fail-on', 'info'], '--fail-on is "info", expected error, warning, note or never'],
    [['s3://logs', '--deep'], '--deep is no option of preflight'],
    [['s3://logs', '--stat', 'x'], '--stat is no option of preflight'],
  ])('that are %j are refused', (argv, problem) => {
    expect(problemsOf('preflight', ...argv)).toEqual([problem]);
  });
});

describe('the arguments of init', () => {
  it('are one bucket, a file, and how the bucket is reached', () => {
    expect(parseArguments(['init', 's3://logs', '--region', 'eu-west-1', '--output', 'logs.json', '--quiet'])).toEqual({
      name: 'init',
      bucket: 'logs',
      options: {
        output: 'logs.json',
        endpoint: null,
        region: 'eu-west-1',
        profile: null,
        pathStyle: null,
        concurrency: 32,
        maxDurationMs: null,
        quiet: true,
      },
    });
    expect(parseArguments(['init', 's3://logs'])).toMatchObject({ options: { output: 'bucket-hygiene.json' } });
  });

  it.each([
    [[], 'init needs a bucket, expected s3://BUCKET'],
    [['s3://logs', 's3://logs-dev'], 'init takes one bucket, found 2'],
    [['s3://logs/app/'], '"s3://logs/app/" is a place inside a bucket, and a bucket is audited as a whole: s3://logs'],
    [['s3://logs', '--reigon', 'eu-west-1'], '--reigon is no option of init (did you mean --region?)'],
    [['s3://logs', '--state', 'x'], '--state is no option of init'],
    [['s3://logs', '--max-duration', '10'], '--max-duration is "10", expected a duration such as 90s, 10m or 2h'],
  ])('that are %j are refused', (argv, problem) => {
    expect(problemsOf('init', ...argv)).toEqual([problem]);
  });
});

describe('a command', () => {
  it.each([
    [[], 'no command was given, expected audit, preflight, init, explain, demo or completion'],
    [
      ['audti'],
      '"audti" is no command, expected audit, preflight, init, explain, demo or completion (did you mean audit?)',
    ],
    [
      ['--quiet', 'audit'],
      'the command comes first, expected audit, preflight, init, explain, demo or completion before --quiet',
    ],
    [
      ['explain', 'foreign-prefx'],
      '"foreign-prefx" is no kind of finding (did you mean foreign-prefix?); bucket-hygiene explain lists them',
    ],
    [['explain', 'foreign-prefix', 'folder-marker'], 'explain takes one kind, found 2'],
    [['demo', 's3://logs'], 'demo takes no argument, it brings its own bucket'],
    [['explain', '--format', 'json'], '--format is no option of explain'],
    [['completion'], 'completion needs a shell, expected bash, zsh or fish'],
    [['completion', 'bsh'], '"bsh" is no shell that completion knows, expected bash, zsh or fish (did you mean bash?)'],
    [['completion', 'bash', 'zsh'], 'completion takes one shell, found 2'],
  ])('that is wrong is named: %j', (argv, problem) => {
    expect(problemsOf(...argv)).toEqual([problem]);
  });

  it('is audit when only a bucket was given, and that is said', () => {
    expect(problemsOf('s3://logs', '--quiet')).toEqual([
      '"s3://logs" is no command',
      '  to look at it: bucket-hygiene audit s3://logs --quiet',
    ]);
  });

  it('is help wherever help is asked for', () => {
    expect(parseArguments(['--help'])).toEqual({ name: 'help', of: null });
    expect(parseArguments(['help', 'audit'])).toEqual({ name: 'help', of: 'audit' });
    expect(parseArguments(['audit', '--nonsense', '-h'])).toEqual({ name: 'help', of: 'audit' });
  });

  it.each(shells)('is completion for %s', (shell) => {
    expect(parseArguments(['completion', shell])).toEqual({ name: 'completion', shell });
  });

  it('is explain with a kind or without', () => {
    expect(parseArguments(['explain'])).toMatchObject({ name: 'explain', kind: null });
    expect(parseArguments(['explain', 'folder-marker'])).toMatchObject({ kind: 'folder-marker' });
  });
});

describe('the format', () => {
  it.each(formatNames)('may be %s', (format) => {
    expect(optionsFor('--format', format).format).toBe(format);
    expect(parseArguments(['preflight', 's3://logs', `--format=${format}`])).toMatchObject({ options: { format } });
  });
});

describe('a duration', () => {
  it.each([
    ['90s', 90_000],
    ['10m', 600_000],
    ['2h', 7_200_000],
  ])('%s is %d ms', (text, ms) => {
    expect(durationOf(text)).toBe(ms);
  });

  it.each(['0s', '-1s', '1.5h', '10', 's', '1d', '10 m', '999999999h', '1h30m'])('is not %j', (text) => {
    expect(durationOf(text)).toBeNull();
  });
});

describe('the help', () => {
  it.each(commands)('of %s names every option that it takes, and shows numbered examples', (command) => {
    const text = helpText(command);
    for (const option of Object.keys(optionsOf[command])) {
      if (option !== 'help') expect(text).toContain(`--${option} `);
    }
    expect(text).toMatch(/^ {2}1\. /m);
  });

  it.each(commands)('of %s shows examples that can be typed', (command) => {
    const examples = [...helpText(command).matchAll(/^ {7}bucket-hygiene (.*)$/gm)].map(([, line]) =>
      (line ?? '').split(' '),
    );
    expect(examples.length).toBeGreaterThan(0);
    for (const argv of examples) expect(parseArguments(argv)).toMatchObject({ name: command });
  });

  it.each([null, ...commands])('of %s fits into 80 columns', (command) => {
    for (const line of helpText(command).split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });
});

describe('any arguments', () => {
  it('are either understood or refused in words', () => {
    const word = fc.oneof(
      fc.constantFrom(
        'audit',
        'preflight',
        'init',
        'explain',
        'demo',
        '--',
        '-',
        's3://a',
        '--region',
        '--quiet',
        '--format',
        'json',
        '--help',
        '-h',
      ),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (argv) => {
        try {
          parseArguments(argv);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
          expect((error as UsageError).lines.every((line) => !line.includes('\n'))).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
