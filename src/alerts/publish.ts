import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { awsClientConfig, besideAnAudit } from '../bucket/client.ts';
import type { Connection } from '../bucket/connection.ts';
import type { Alert } from './mail.ts';

/**
 * Publishes an alert to a topic, in the topic's own region.
 * @throws what SNS answers; then the alert counts as untold.
 */
export async function publishAlert(alert: Alert, topicArn: string, connection: Connection): Promise<void> {
  const region = topicArn.split(':')[3] ?? '';
  const client = new SNSClient(awsClientConfig(region === '' ? connection : { ...connection, region }, besideAnAudit));
  try {
    await client.send(
      new PublishCommand({
        TopicArn: topicArn,
        Subject: alert.subject,
        Message: alert.message,
        MessageAttributes: Object.fromEntries(
          Object.entries(alert.attributes).map(([name, value]: [string, string]) => [
            name,
            { DataType: name === 'kinds' ? 'String.Array' : 'String', StringValue: value },
          ]),
        ),
      }),
    );
  } finally {
    client.destroy();
  }
}
