import { openWorkshop } from '../../deploy/packaging.ts';
import type { Template } from '../../deploy/template.ts';
import type { Account, Session } from './account.ts';
import { deployedRole, type AllowStatement } from './policy.ts';

/** The template of the role that lets somebody look at one bucket, as CloudFormation gets it. */
async function template(): Promise<Template> {
  const workshop = await openWorkshop();
  try {
    await workshop.write(
      'look.yml',
      'service: look\nprovider: {name: aws, region: eu-west-1}\nresources: ${file(deploy/read-only-role.yml)}\n',
    );
    return (await workshop.package('--config', 'look.yml')).template;
  } finally {
    await workshop.close();
  }
}

/**
 * Deploys `deploy/read-only-role.yml` for a bucket.
 * @param trusted who may take it on, as moto knows him: a session is not its role there
 */
export async function deployLook(
  account: Account,
  { role, bucket, trusted }: { role: string; bucket: string; trusted: string },
): Promise<{ session: Session; statements: readonly AllowStatement[] }> {
  const { trusted: principal, statements } = deployedRole(await template(), 'ReadOnlyRole', {
    BucketName: { name: bucket, arn: bucket },
    MonitorRoleArn: { name: trusted, arn: trusted },
  });
  return { session: await account.createRole(role, principal, statements), statements };
}
