import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { awsClientConfig } from '../bucket/client.ts';
import type { Connection } from '../bucket/connection.ts';

/**
 * Reads a parameter of the parameter store, decrypted. An endpoint that was named for S3 serves SSM only where nothing names one
 * for SSM: an emulator is both, a MinIO is not.
 * @throws what the SDK throws
 */
export async function readParameter(name: string, connection: Connection): Promise<string> {
  const ownEndpoint = process.env['AWS_ENDPOINT_URL_SSM'] ?? process.env['AWS_ENDPOINT_URL'];
  const client = new SSMClient(
    awsClientConfig(ownEndpoint === undefined ? connection : { ...connection, endpoint: null }),
  );
  try {
    const output = await client.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
    return output.Parameter?.Value ?? '';
  } finally {
    client.destroy();
  }
}
