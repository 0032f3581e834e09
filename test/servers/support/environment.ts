/** What was told to the tests by whoever started them. @throws when it was not, with what to run instead */
export function toldToTheTests(name: string, server: string, command: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') {
    throw new Error(`${name} is not set: these tests need ${server}, run them with "${command}"`);
  }
  return value;
}
