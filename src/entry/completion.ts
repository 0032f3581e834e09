import { bashScript } from './completion/bash.ts';
import { fishScript } from './completion/fish.ts';
import { zshScript } from './completion/zsh.ts';
import type { Shell } from './options.ts';

const scripts: Record<Shell, () => string> = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** The script by which a shell completes the words of the command line, made from the table that those are read by. */
export const completionFor = (shell: Shell): string => scripts[shell]();
