import type { Statement } from '../../deploy/role.ts';

/** An ARN as it would be after deployment; ARNs of the stack's own resources become `arn:stack:NAME`. */
export function deployedArn(value: unknown): string {
  const fill = (text: string) =>
    text
      .replaceAll('${AWS::Partition}', 'aws')
      .replaceAll('${AWS::Region}', 'eu-west-1')
      .replaceAll('${AWS::AccountId}', '123456789012')
      .replaceAll(/\$\{(\w+)\.Arn\}/g, 'arn:stack:$1')
      .replaceAll('${!', '${');
  if (typeof value === 'string') return value;
  const {
    Ref,
    'Fn::Sub': sub,
    'Fn::GetAtt': attribute,
  } = value as { Ref?: string; 'Fn::Sub'?: string; 'Fn::GetAtt'?: string[] };
  if (sub !== undefined) return fill(sub);
  const name = Ref ?? attribute?.[0];
  if (name === undefined) throw new Error(`${JSON.stringify(value)} is no ARN`);
  return `arn:stack:${name}`;
}

/** IAM's wildcards: `*` is any text, slashes too, `?` is one character. */
export function matches(pattern: string, text: string): boolean {
  const expression = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '[^]*')
    .replaceAll('?', '[^]');
  return new RegExp(`^${expression}$`).test(text);
}

/** True when one of the statements allows the action on the resource. */
export const allows = (statements: readonly Statement[], action: string, resource: string): boolean =>
  statements.some(
    (statement) =>
      statement.Action.some((pattern) => matches(pattern, action)) &&
      statement.Resource.some((pattern) => matches(deployedArn(pattern), resource)),
  );

/** Every pair of action and resource pattern that the statements grant. */
export const grants = (statements: readonly Statement[]): { action: string; resource: string }[] =>
  statements.flatMap(({ Action, Resource }) =>
    Action.flatMap((action) => Resource.map((resource) => ({ action, resource: deployedArn(resource) }))),
  );
