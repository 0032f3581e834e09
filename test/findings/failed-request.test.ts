import { describe, expect, it } from 'vitest';
import { answerText, failedRequestOf, hintFor, isStopped, storesWords } from '../../src/findings/failed-request.ts';

const request = (code: string, status: number | null = null, operation = 'ListObjectsV2', answer = '') => ({
  operation,
  code,
  status,
  answer,
});

const hint = (code: string, status: number | null = null, operation = 'ListObjectsV2', answer = '') =>
  hintFor(request(code, status, operation, answer), { bucket: 'logs', endpoint: null });

describe('a failed request', () => {
  it('stands in the evidence', () => {
    expect(failedRequestOf({ ...request('SlowDown', 503) })).toEqual(request('SlowDown', 503));
    expect(failedRequestOf({ objects: 3 })).toBeNull();
    expect(failedRequestOf({ operation: 'GetObject' })).toBeNull();
    expect(failedRequestOf({ code: 'SlowDown' })).toBeNull();
    expect(failedRequestOf({ operation: 'GetObject', code: 'SlowDown', status: '503', answer: 7 })).toEqual(
      request('SlowDown', null, 'GetObject'),
    );
  });

  it.each([
    [request('AccessDenied', 403), 'ListObjectsV2 was answered with 403 AccessDenied'],
    [request('HTTP 502', 502), 'ListObjectsV2 was answered with HTTP 502'],
    [request('ECONNREFUSED'), 'ListObjectsV2 got no answer: ECONNREFUSED'],
    [request('CutAnswer', 200), 'ListObjectsV2 was answered in part only'],
    [request('Evil\u001b', 400), String.raw`ListObjectsV2 was answered with 400 Evil\x1b`],
  ])('is told by request and answer: %j', (failed, text) => {
    expect(answerText(failed)).toBe(text);
  });

  it('has the words of the store when it said any', () => {
    expect(storesWords(request('NoSuchBucket', 404, 'ListObjectsV2', 'The bucket does not exist.'))).toBe(
      'The bucket does not exist',
    );
    expect(storesWords(request('NoSuchBucket', 404))).toBeNull();
    expect(storesWords(request('SlowDown', 503, 'GetObject', 'SlowDown'))).toBeNull();
    expect(storesWords(request('HTTP 500', 500, 'GetObject', 'UnknownError'))).toBeNull();
    expect(storesWords(request('SlowDown', 503, 'GetObject', ' Please wait. Then come again. '))).toBe(
      'Please wait. Then come again',
    );
  });

  it('may be one that the audit gave up itself', () => {
    expect(isStopped(request('Stopped'))).toBe(true);
    expect(isStopped(request('TimeoutError'))).toBe(false);
  });
});

describe('what to do about it', () => {
  it.each([
    ['a listing that is denied', hint('AccessDenied', 403), 's3:ListBucket on arn:aws:s3:::logs'],
    ['a read that is denied', hint('AccessDenied', 403, 'GetObject'), 's3:GetObject on the metadata files'],
    ['a key that is denied', hint('AccessDenied', 403, 'GetObject', 'not authorized: kms:Decrypt'), 'kms:Decrypt'],
    ['a role that is denied', hint('AccessDenied', 403, 'AssumeRole'), 'sts:AssumeRole'],
    ['a 403 by any name', hint('Strange', 403), 's3:ListBucket'],
    ['a bucket that does not exist', hint('NoSuchBucket', 404), 'no such bucket'],
    ['another region', hint('PermanentRedirect', 301), 'another region'],
    ['no credentials', hint('CredentialsProviderError'), 'credentials are missing'],
    ['expired credentials', hint('ExpiredToken', 400), 'expired'],
    ['a wrong secret', hint('SignatureDoesNotMatch', 403), 'wrong'],
    ['a clock that is off', hint('RequestTimeTooSkewed', 403), 'clock'],
    ['nobody who listens', hint('ECONNREFUSED'), 'cannot be reached'],
    ['no answer in time', hint('TimeoutError'), 'cannot be reached'],
    ['an unknown certificate', hint('Error', null, 'ListObjectsV2', 'self-signed certificate'), 'AWS_CA_BUNDLE'],
    ['a certificate by code', hint('SELF_SIGNED_CERT_IN_CHAIN'), 'AWS_CA_BUNDLE'],
    ['a busy store', hint('SlowDown', 503), 'busy'],
    ['a cut answer', hint('CutAnswer', 200), 'Run the audit again'],
    ['time that ran out', hint('Stopped'), '--max-duration'],
    ['a file without end', hint('TooLarge'), 'larger'],
  ])('after %s', (_, text, expected) => {
    expect(text).toContain(expected);
  });

  it('after any other request that is denied names the request', () => {
    expect(hint('AccessDenied', 403, 'GetBucketLocation')).toContain('lack the permission for GetBucketLocation, or');
    expect(hint('AccessDenied', 403)).toContain('lack s3:ListBucket on arn:aws:s3:::logs, or');
  });

  it.each([
    ['network, proxy and region', hint('ECONNREFUSED')],
    ['credentials are missing', hint('Strange', 401)],
    ['perhaps because it is busy', hint('Strange', 500)],
    ['cannot be reached', hint('Strange')],
  ])('says %j', (words, text) => {
    expect(text).toContain(words);
  });

  it('names the endpoint that cannot be reached', () => {
    const text = hintFor(request('ECONNREFUSED'), { bucket: 'logs', endpoint: 'http://minio:9000' });
    expect(text).toContain('endpoint and network, then try `aws s3 ls s3://logs/ --endpoint-url http://minio:9000`');
  });
});
