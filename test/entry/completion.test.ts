import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { allCommands } from '../../src/entry/completion/words.ts';
import { completionFor } from '../../src/entry/completion.ts';
import { commands, optionsOf, shells, thresholds } from '../../src/entry/options.ts';
import { kinds } from '../../src/findings/kinds.ts';
import { formatNames } from '../../src/report/formats.ts';

/** Runs a script in a shell that takes it from stdin; the shell's own set-up is left out. */
const run = (shell: string, args: string[], script: string) =>
  spawnSync(shell, args, { input: script, encoding: 'utf8', timeout: 20_000 });

const isHere = (shell: string): boolean => run(shell, ['-c', 'exit 0'], '').status === 0;

/** Without `npm run test:shells` those that this machine has. */
const present = process.env['COMPLETION_SHELLS'] === 'all' ? shells : shells.filter(isHere);
const isPresent = (shell: (typeof shells)[number]): boolean => present.includes(shell);

/** How each shell checks a script without running it. */
const checking = {
  bash: ['-n'],
  zsh: ['-f', '-n'],
  fish: ['--no-config', '--no-execute'],
} as const;

const folder = mkdtempSync(join(tmpdir(), 'bucket-hygiene-completion-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The script of a shell in a file, as a shell's set-up reads it. */
function fileFor(shell: (typeof shells)[number]): string {
  const file = join(folder, shell);
  writeFileSync(file, completionFor(shell));
  return file;
}

/** What bash offers after these words, the last of which is being typed. */
function offered(...typed: string[]): string[] {
  const words = ['bucket-hygiene', ...typed].map((word) => `'${word}'`).join(' ');
  const script = `${completionFor('bash')}
COMP_WORDS=(${words}); COMP_CWORD=${String(typed.length)}
_bucket_hygiene
printf '%s\\n' "\${COMPREPLY[@]}"
`;
  const { stdout, stderr, status } = run('bash', ['--noprofile', '--norc'], script);
  expect([status, stderr]).toEqual([0, '']);
  return stdout.split('\n').filter((word) => word !== '');
}

describe('the completion in bash', () => {
  it('offers the commands', () => {
    expect(offered('')).toEqual([...commands, 'help', '--help', '--version']);
    expect(offered('e')).toEqual(['explain']);
    expect(offered('help', 'p')).toEqual(['preflight']);
  });

  it.each(commands)('offers every option of %s, and no other', (command) => {
    expect(offered(command, '--').sort()).toEqual(
      Object.keys(optionsOf[command])
        .map((name) => `--${name}`)
        .sort(),
    );
  });

  it('says of every option what it is for', () => {
    const mute = allCommands.flatMap(({ name, options }) =>
      options.filter(({ summary }) => summary === '').map((option) => `${name} --${option.name}`),
    );
    expect(mute).toEqual([]);
  });

  it('offers the values of what has a closed list of them', () => {
    expect(offered('audit', 's3://logs', '--format', '')).toEqual(formatNames);
    expect(offered('audit', '--format', '=', 'sa')).toEqual(['sarif']);
    expect(offered('audit', '--format', '=')).toEqual(formatNames);
    expect(offered('preflight', '--fail-on', '')).toEqual(thresholds);
    expect(offered('completion', '')).toEqual(shells);
    expect(offered('explain', '')).toEqual(Object.keys(kinds));
  });

  it('leaves values that it cannot know, and buckets, to the shell', () => {
    expect(offered('audit', '--output', 'r')).toEqual([]);
    expect(offered('audit', '--region', '--')).toEqual([]);
    expect(offered('audit', '')).toEqual([]);
    expect(offered('nonsense', '--')).toEqual([]);
  });
});

describe.runIf(isPresent('fish'))('the completion in fish', () => {
  const offers = (typed: string): string[] => {
    const script = `source ${fileFor('fish')}; complete -C '${typed}'`;
    const { stdout, stderr, status } = run('fish', ['--no-config', '-c', script], '');
    expect([status, stderr]).toEqual([0, '']);
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split('\t')[0] ?? '');
  };

  it('offers commands, options, and the values of what has a closed list of them', () => {
    expect(offers('bucket-hygiene expl')).toEqual(['explain']);
    expect(offers('bucket-hygiene audit s3://logs --fo')).toEqual(['--format']);
    expect(offers('bucket-hygiene audit --format ').sort()).toEqual([...formatNames].sort());
    expect(offers('bucket-hygiene explain foreign-p')).toEqual(['foreign-prefix']);
  });
});

describe.runIf(isPresent('zsh'))('the completion in zsh', () => {
  it('is what completes the command once its script was read', () => {
    const script = `autoload -Uz compinit && compinit -D -u; source ${fileFor('zsh')}; print $_comps[bucket-hygiene]`;
    const { stdout, stderr, status } = run('zsh', ['-f', '-c', script], '');
    expect([status, stderr, stdout]).toEqual([0, '', '_bucket_hygiene\n']);
  });
});

describe('the script of', () => {
  it.each(present)('%s is of a syntax that the shell takes', (shell) => {
    const { status, stderr } = run(shell, [...checking[shell], fileFor(shell)], '');
    expect([status, stderr]).toEqual([0, '']);
  });

  it.each(shells)('%s has every command, option and value', (shell) => {
    const script = completionFor(shell);
    for (const { name, options } of allCommands) {
      expect(script).toContain(name);
      for (const option of options)
        expect(script).toContain(shell === 'fish' ? `-l ${option.name}` : `--${option.name}`);
    }
    for (const list of [formatNames, thresholds, shells, Object.keys(kinds)]) expect(script).toContain(list.join(' '));
  });

  it.each(shells)('%s quotes well: no line leaves a quote open', (shell) => {
    const lines = completionFor(shell)
      .split('\n')
      .filter((line) => !line.startsWith('#'));
    for (const line of lines) {
      expect([line, (line.match(/'/g) ?? []).length % 2]).toEqual([line, 0]);
      expect([line, (line.match(/(?<!\\)"/g) ?? []).length % 2]).toEqual([line, 0]);
    }
  });

  it('has words for every command and every option that is offered', () => {
    for (const { summary, options } of allCommands) {
      expect(summary).not.toBe('');
      for (const option of options) expect(`${option.name}: ${option.summary}`).not.toMatch(/'|"|\n/);
    }
  });
});
