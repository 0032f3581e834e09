import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { publishAlert } from '../../src/alerts/publish.ts';
import { defaultConnection } from '../../src/bucket/connection.ts';
import { situations } from './situations.ts';

const topic = 'arn:aws:sns:eu-central-1:123456789012:bucket-hygiene';

let server: Server;
let asked: { authorization: string; form: URLSearchParams }[];
let status: number;

beforeEach(async () => {
  asked = [];
  status = 200;
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      asked.push({ authorization: request.headers.authorization ?? '', form: new URLSearchParams(body) });
      response.writeHead(status, { 'content-type': 'text/xml' });
      response.end(
        status === 200
          ? '<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>'
          : '<ErrorResponse><Error><Type>Sender</Type><Code>AuthorizationError</Code><Message>no</Message></Error></ErrorResponse>',
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${String(port)}`);
  vi.stubEnv('AWS_REGION', 'us-east-1');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

describe('publishing an alert', () => {
  it('sends subject, message and attributes, in the region of the topic', async () => {
    const alert = situations['two-new']!();
    await publishAlert(alert, topic, defaultConnection);
    const [{ authorization, form } = { authorization: '', form: new URLSearchParams() }, ...more] = asked;
    expect(more).toEqual([]);
    expect(authorization).toContain('/eu-central-1/sns/');
    expect(form.get('TopicArn')).toBe(topic);
    expect(form.get('Subject')).toBe(alert.subject);
    expect(form.get('Message')).toBe(alert.message);
    const attributes = Array.from({ length: 6 }, (_, index) => {
      const at = `MessageAttributes.entry.${String(index + 1)}`;
      return [form.get(`${at}.Name`), form.get(`${at}.Value.DataType`), form.get(`${at}.Value.StringValue`)];
    });
    expect(attributes.toSorted()).toEqual([
      ['bucket', 'String', 'logs-prod'],
      ['environment', 'String', 'prod'],
      ['kinds', 'String.Array', '["foreign-prefix","orphaned-stream-data"]'],
      ['schemaVersion', 'String', '1'],
      ['severity', 'String', 'warning'],
      ['status', 'String', 'new'],
    ]);
  });

  it('fails when SNS refuses', async () => {
    status = 403;
    await expect(publishAlert(situations['back']!(), topic, defaultConnection)).rejects.toMatchObject({
      name: 'AuthorizationErrorException',
    });
  });
});
