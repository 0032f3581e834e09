import { allCommands, firstOptions, type CommandWords } from './words.ts';

const list = (words: readonly string[]): string => words.join(' ');

/** Options with a closed list of values, by those values: the same whatever the command is. */
const valueCases = (): string[] => {
  const closed = new Map<string, string>();
  for (const { options } of allCommands) {
    for (const { name, values } of options) if (values?.are === 'words') closed.set(`--${name}`, list(values.words));
  }
  return [...closed].map(([option, words]) => `    ${option}) words='${words}' ;;`);
};

/** Options that take a value which no list holds: the shell's own completion of files is right for them, or does no harm. */
const openOptions = (): string[] => [
  ...new Set(
    allCommands.flatMap(({ options }) =>
      options.flatMap(({ name, values }) => (values === null || values.are === 'words' ? [] : [`--${name}`])),
    ),
  ),
];

const commandCase = ({ name, options, values }: CommandWords): string => {
  const flags = list(options.map((option) => `--${option.name}`));
  const beside = values.are === 'words' ? list(values.words) : '';
  return `    ${name}) flags='${flags}' words='${beside}' ;;`;
};

/** The script for bash, 3.2 and newer. */
export const bashScript =
  (): string => `# Completion of bucket-hygiene for bash: source <(bucket-hygiene completion bash)
_bucket_hygiene() {
  local current previous words='' flags=''
  current="\${COMP_WORDS[COMP_CWORD]}"
  previous="\${COMP_WORDS[COMP_CWORD - 1]}"
  COMPREPLY=()
  # bash takes --format=json for three words.
  if [ "$current" = '=' ]; then
    current=''
  elif [ "$previous" = '=' ]; then
    previous="\${COMP_WORDS[COMP_CWORD - 2]}"
  fi
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${list([...allCommands.map(({ name }) => name), 'help', ...firstOptions])}' -- "$current"))
    return
  fi
  case "$previous" in
${valueCases().join('\n')}
    ${openOptions().join(' | ')}) return ;;
  esac
  if [ -n "$words" ]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${allCommands.map(commandCase).join('\n')}
    help) words='${list(allCommands.map(({ name }) => name))}' ;;
  esac
  case "$current" in
    -*) COMPREPLY=($(compgen -W "$flags" -- "$current")) ;;
    *) COMPREPLY=($(compgen -W "$words" -- "$current")) ;;
  esac
}
complete -o default -F _bucket_hygiene bucket-hygiene
`;
