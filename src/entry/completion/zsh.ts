import { allCommands, firstOptions, type CommandWords, type OptionWords, type Values } from './words.ts';

/** Text in single quotes; none of it holds one. What `_arguments` and `_describe` would read is escaped. */
const told = (text: string): string => text.replaceAll(/[:\[\]\\]/g, String.raw`\$&`);

const actionOf = (values: Values): string => {
  switch (values.are) {
    case 'words':
      return `(${values.words.join(' ')})`;
    case 'files':
      return '_files';
    case 'folders':
      return '_files -/';
    case 'anything':
      return ' ';
  }
};

const optionLine = ({ name, short, summary, values }: OptionWords): string => {
  const explained = summary === '' ? '' : `[${told(summary)}]`;
  const names = short === null ? `--${name}` : `(-${short} --${name})--${name}`;
  return values === null ? `'${names}${explained}'` : `'${names}=${explained}:${name}:${actionOf(values)}'`;
};

const commandCase = ({ name, options, values }: CommandWords): string => {
  const lines = [...options.map(optionLine), `'*:word:${actionOf(values)}'`];
  return `    ${name})\n      _arguments \\\n        ${lines.join(' \\\n        ')}\n      ;;`;
};

/** The script for zsh: to be sourced after compinit, or to lie in fpath as \`_bucket-hygiene\`. */
export const zshScript = (): string => `#compdef bucket-hygiene
# Completion of bucket-hygiene for zsh: source <(bucket-hygiene completion zsh)
_bucket_hygiene() {
  local -a commands
  commands=(
${allCommands.map(({ name, summary }) => `    '${name}:${told(summary)}'`).join('\n')}
    'help:options and examples of a command'
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    compadd -- ${firstOptions.join(' ')}
    return
  fi
  shift words
  (( CURRENT-- ))
  case "$words[1]" in
${allCommands.map(commandCase).join('\n')}
    help)
      _arguments '*:command:(${allCommands.map(({ name }) => name).join(' ')})'
      ;;
  esac
}
if [[ "$funcstack[1]" == _bucket-hygiene || "$funcstack[1]" == _bucket_hygiene ]]; then
  _bucket_hygiene "$@"
else
  compdef _bucket_hygiene bucket-hygiene
fi
`;
