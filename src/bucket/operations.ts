/** Where a request goes, for the role that must allow it. */
export type Target = 'watched' | 'state' | 'configuration' | 'topic' | 'role';

/**
 * Every command of the AWS SDK that the monitor sends, with the IAM action it needs and where it goes.
 * The packaged role is held against this list, both ways (test/deploy).
 */
export const operations: readonly { command: string; action: string; where: Target }[] = [
  { command: 'ListObjectsV2Command', action: 's3:ListBucket', where: 'watched' },
  { command: 'GetObjectCommand', action: 's3:GetObject', where: 'watched' },
  { command: 'GetBucketLifecycleConfigurationCommand', action: 's3:GetLifecycleConfiguration', where: 'watched' },
  { command: 'ListMultipartUploadsCommand', action: 's3:ListBucketMultipartUploads', where: 'watched' },
  { command: 'ListPartsCommand', action: 's3:ListMultipartUploadParts', where: 'watched' },
  { command: 'GetBucketVersioningCommand', action: 's3:GetBucketVersioning', where: 'watched' },
  { command: 'GetObjectLockConfigurationCommand', action: 's3:GetBucketObjectLockConfiguration', where: 'watched' },
  { command: 'GetObjectCommand', action: 's3:GetObject', where: 'state' },
  { command: 'PutObjectCommand', action: 's3:PutObject', where: 'state' },
  { command: 'GetObjectCommand', action: 's3:GetObject', where: 'configuration' },
  { command: 'GetParameterCommand', action: 'ssm:GetParameter', where: 'configuration' },
  { command: 'PublishCommand', action: 'sns:Publish', where: 'topic' },
  { command: 'AssumeRoleCommand', action: 'sts:AssumeRole', where: 'role' },
];
