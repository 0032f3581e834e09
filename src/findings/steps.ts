/** A piece of a remedy: prose, or a command to type, which is never to be broken. */
export interface Step {
  text: string;
  command: boolean;
}

/**
 * Takes a remedy apart at its commands, which stand between backticks (none can hold one: `shellQuote` sees to it), so that each
 * can be shown on a line of its own and copied whole. A short lead such as "Look:" stays with its command.
 */
export function stepsOf(remedy: string): Step[] {
  const steps: Step[] = [];
  remedy.split('`').forEach((part, index) => {
    const command = index % 2 === 1;
    const text = command ? part : part.trim().replace(/^[.,;]\s*/, '');
    const last = steps.at(-1);
    if (command && last?.command === false && /^\w+:$/.test(last.text)) {
      steps[steps.length - 1] = { text: `${last.text} ${text}`, command };
    } else if (text !== '') {
      steps.push({ text, command });
    }
  });
  return steps;
}
