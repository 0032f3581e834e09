// The arrows of the house (docs/architecture.md): entry → audit, history, alerts, report, config → findings, bucket, parseable → nothing.

/** Which rooms a room may use, beside itself. What is named in `types` it may know by type only. */
const rooms = {
  parseable: { uses: [], types: [] },
  findings: { uses: [], types: [] },
  writers: { uses: [], types: [] },
  bucket: { uses: [], types: [] },
  report: { uses: ['findings'], types: [] },
  config: { uses: ['findings', 'bucket'], types: [] },
  repair: { uses: ['findings', 'bucket', 'parseable'], types: [] },
  audit: { uses: ['findings', 'bucket', 'parseable', 'writers'], types: ['config'] },
  history: { uses: ['findings', 'bucket'], types: ['audit', 'parseable', 'config'] },
  alerts: { uses: ['findings', 'bucket'], types: ['history', 'config'] },
};

/** Data in, data out: no files, no network, no clock of their own. */
const pure = ['parseable', 'findings', 'report', 'writers'];

const names = Object.keys(rooms);

const roomRules = names.flatMap((room) => {
  const { uses, types } = rooms[room];
  const beyond = [...names, 'entry'].filter((other) => other !== room && !uses.includes(other));
  return [
    {
      name: `${room}-uses-its-own`,
      comment: `${room}/ may use ${uses.length === 0 ? 'no other room' : uses.join(', ')}${types.length === 0 ? '' : `, and know the types of ${types.join(', ')}`}`,
      severity: 'error',
      from: { path: `^src/${room}/` },
      to: {
        path: `^src/(${beyond.filter((other) => !types.includes(other)).join('|')})/`,
      },
    },
    ...(types.length === 0
      ? []
      : [
          {
            name: `${room}-knows-types-only`,
            comment: `of ${types.join(', ')}, ${room}/ may know types, not code`,
            severity: 'error',
            from: { path: `^src/${room}/` },
            to: { path: `^src/(${types.join('|')})/`, dependencyTypesNot: ['type-only', 'type-import'] },
          },
        ]),
  ];
});

module.exports = {
  forbidden: [
    ...roomRules,
    {
      name: 'pure-rooms',
      comment: `${pure.join(', ')} read no file, ask no network and know no SDK`,
      severity: 'error',
      from: { path: `^src/(${pure.join('|')})/` },
      to: {
        dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer'],
        pathNot: '^(node:)?(buffer|crypto|stream\/promises|util|zlib)$|node_modules/zod/',
      },
    },
    {
      name: 'plans-touch-no-file',
      comment: 'repair/ reads buckets through bucket/ and gives back values; entry/ writes the files',
      severity: 'error',
      from: { path: '^src/repair/' },
      to: {
        dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer'],
        pathNot: '^(node:)?(crypto|zlib)$',
      },
    },
    {
      name: 'nothing-imports-entry',
      comment: 'entry/ parses, wires and exits; nobody depends on it',
      severity: 'error',
      from: { path: '^src/(?!entry/)' },
      to: { path: '^src/entry/' },
    },
    {
      name: 'sdk-where-requests-are-sent',
      comment: 'the AWS SDK is known to bucket/, history/, alerts/, config/ and entry/ alone',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(bucket|history|alerts|config|entry)/' },
      to: { path: 'node_modules/@(aws-sdk|smithy)/' },
    },
    {
      name: 'embedded-aws-in-the-demo',
      comment: 'the embedded AWS is for the demo; the monitor knows nothing of it',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/entry/demo' },
      to: { path: 'node_modules/(fauxqs|@aws-sdk/client-sqs)/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unknown-imports',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-development-packages',
      comment: 'what runs may use dependencies, not devDependencies; their types are erased',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: 'node_modules/@types/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
