import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  endpointProblem,
  isBucketName,
  isDay,
  isRoleArn,
  isTopicArn,
  serverVersionOf,
} from '../../src/config/values.ts';

describe('a server version', () => {
  it('is three numbers, and may begin with v', () => {
    expect(serverVersionOf('2.9.5')).toBe('2.9.5');
    expect(serverVersionOf('v2.9.5')).toBe('2.9.5');
  });

  it.each(['2.9', '2', 'v2', '2.9.5-rc1', '2.9.5.1', '02.9.5', ' 2.9.5', 'V2.9.5', 'latest', ''])(
    'is not %j',
    (text) => {
      expect(serverVersionOf(text)).toBeNull();
    },
  );
});

describe('a day', () => {
  it('is a day that exists', () => {
    expect(isDay('2027-03-31')).toBe(true);
    expect(isDay('2028-02-29')).toBe(true);
  });

  it.each(['2027-02-29', '2027-13-01', '2027-00-10', '2027-1-1', '31.03.2027', '2027-03-31T00:00:00Z', ''])(
    'is not %j',
    (text) => {
      expect(isDay(text)).toBe(false);
    },
  );

  it('is any that the calendar of this program knows', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1970-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        (date) => {
          expect(isDay(date.toISOString().slice(0, 10))).toBe(true);
        },
      ),
    );
  });
});

describe('a bucket name', () => {
  it.each(['logs', 'logs-prod', 'logs.example.com', 'Old_Style', 'a'.repeat(63)])('may be %j', (text) => {
    expect(isBucketName(text)).toBe(true);
  });

  it.each(['', 'ab', 's3://logs', 'logs/', 'lo gs', '-logs', '../logs', 'logs\n'])('is not %j', (text) => {
    expect(isBucketName(text)).toBe(false);
  });
});

describe('an endpoint', () => {
  it.each(['http://localhost:9000', 'https://minio.internal', 'https://s3.example.com/store/'])('may be %s', (text) => {
    expect(endpointProblem(text)).toBeNull();
  });

  it.each(['localhost:9000', 'ftp://host', 'http://', 'https:///path', ''])('is not %j', (text) => {
    expect(endpointProblem(text)).toMatch(/^is not a URL/);
  });

  it('with a password is refused without repeating it', () => {
    expect(endpointProblem('https://root:hunter2@minio')).toBe('must not hold a user name or password');
  });
});

describe('an ARN', () => {
  it('of a topic names a standard topic', () => {
    expect(isTopicArn('arn:aws:sns:eu-west-1:123456789012:alerts')).toBe(true);
    expect(isTopicArn('arn:aws-cn:sns:cn-north-1:123456789012:alerts')).toBe(true);
    expect(isTopicArn('arn:aws:sns:eu-west-1:123456789012:alerts.fifo')).toBe(false);
    expect(isTopicArn('arn:aws:sqs:eu-west-1:123456789012:alerts')).toBe(false);
  });

  it('of a role names a role', () => {
    expect(isRoleArn('arn:aws:iam::123456789012:role/audit/reader')).toBe(true);
    expect(isRoleArn('arn:aws:iam::123456789012:user/me')).toBe(false);
  });
});
