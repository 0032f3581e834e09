import { allCommands, type CommandWords, type OptionWords, type Values } from './words.ts';

const valuesPart = (values: Values): string => {
  switch (values.are) {
    case 'words':
      return ` -x -a '${values.words.join(' ')}'`;
    case 'files':
      return ' -r -F';
    case 'folders':
      return " -x -a '(__fish_complete_directories)'";
    case 'anything':
      return ' -x';
  }
};

const described = (summary: string): string => (summary === '' ? '' : ` -d '${summary}'`);

const optionLine = (command: string, { name, short, summary, values }: OptionWords): string =>
  [
    `complete -c bucket-hygiene -n '__fish_seen_subcommand_from ${command}' -l ${name}`,
    short === null ? '' : ` -s ${short}`,
    values === null ? '' : valuesPart(values),
    described(summary),
  ].join('');

const commandLines = ({ name, summary, options, values }: CommandWords): string[] => [
  `complete -c bucket-hygiene -n __fish_use_subcommand -a ${name}${described(summary)}`,
  ...options.map((option) => optionLine(name, option)),
  ...(values.are === 'words' && values.words.length > 0
    ? [`complete -c bucket-hygiene -n '__fish_seen_subcommand_from ${name}' -a '${values.words.join(' ')}'`]
    : []),
];

/** The script for fish. */
export const fishScript =
  (): string => `# Completion of bucket-hygiene for fish: bucket-hygiene completion fish | source
complete -c bucket-hygiene -f
complete -c bucket-hygiene -n __fish_use_subcommand -l help -d 'the commands'
complete -c bucket-hygiene -n __fish_use_subcommand -l version -d 'the version'
${allCommands.flatMap(commandLines).join('\n')}
`;
