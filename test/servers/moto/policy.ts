import { deployedArn, grants } from '../../deploy/iam.ts';
import type { Statement } from '../../../deploy/role.ts';
import { resource, type Template } from '../../deploy/template.ts';

/** A statement of a policy as IAM takes it, with nothing of CloudFormation's left in it. */
export interface AllowStatement {
  Effect: 'Allow';
  Action: string[];
  Resource: string[];
}

/** What became of the resources of a stack: their names and ARNs, or their values where they are parameters. */
export type Stack = Record<string, { name: string; arn: string }>;

/** Fills in what CloudFormation would: a value of a template as it is after deployment. */
export function deployedValue(value: unknown, stack: Stack): string {
  const known = (name: string) => {
    const found = stack[name];
    if (found === undefined) throw new Error(`the stack of the tests has no ${name}`);
    return found;
  };
  return deployedArn(value)
    .replaceAll(/arn:stack:(\w+)/g, (_, name: string) => known(name).arn)
    .replaceAll(/\$\{(\w+)\}/g, (_, name: string) => known(name).name);
}

interface RoleProperties {
  AssumeRolePolicyDocument: { Statement: { Principal: Record<string, unknown> }[] };
  Policies: { PolicyDocument: { Statement: Statement[] } }[];
}

/** A role of a packaged template as it would be deployed: whom it trusts, and what it allows. */
export function deployedRole(
  template: Template,
  name: string,
  stack: Stack,
): { trusted: Record<string, string>; statements: AllowStatement[] } {
  const role = resource(template, name, 'AWS::IAM::Role') as unknown as RoleProperties;
  const trusted = role.AssumeRolePolicyDocument.Statement.flatMap(({ Principal }) => Object.entries(Principal));
  return {
    trusted: Object.fromEntries(trusted.map(([kind, whom]) => [kind, deployedValue(whom, stack)])),
    statements: role.Policies.flatMap(({ PolicyDocument }) => deployedStatements(PolicyDocument.Statement, stack)),
  };
}

/** Statements as IAM gets them. */
export const deployedStatements = (statements: readonly Statement[], stack: Stack): AllowStatement[] =>
  statements.map(({ Effect, Action, Resource }) => ({
    Effect,
    Action,
    Resource: Resource.map((one) => deployedValue(one, stack)),
  }));

/** One thing that a role may do. */
export interface Grant {
  action: string;
  resource: string;
}

/** Every single permission of a role. */
export const permissionsOf = (statements: readonly AllowStatement[]): Grant[] =>
  grants(statements.map((statement) => ({ ...statement, Sid: '' })));

export const policyAllowing = (permissions: readonly Grant[]): AllowStatement[] =>
  permissions.map(({ action, resource: on }) => ({ Effect: 'Allow', Action: [action], Resource: [on] }));
