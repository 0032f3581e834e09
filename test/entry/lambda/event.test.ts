import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseBuckets, EventError, readEvent } from '../../../src/entry/event.ts';
import { formatNames } from '../../../src/report/formats.ts';

const everything = { buckets: null, deep: null, notify: true, format: 'json' };

describe('the event of an invocation', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['an empty object', {}],
    ['a text', 'go'],
    ['a list', ['logs-prod']],
    ['a schedule', { version: '0', source: 'aws.scheduler', 'detail-type': 'Scheduled Event', detail: '{}' }],
    ['a key that is close to one of ours', { bucket: ['logs-prod'] }],
  ])('means all buckets, as configured, notify, when it is %s', (_, event) => {
    expect(readEvent(event)).toEqual(everything);
  });

  it('names buckets, each once, in its own order', () => {
    expect(readEvent({ buckets: ['b-two', 'a-one', 'b-two'] })).toEqual({ ...everything, buckets: ['b-two', 'a-one'] });
  });

  it('may keep the news for the next run', () => {
    expect(readEvent({ notify: false, format: 'json' })).toEqual({ ...everything, notify: false });
  });

  it.each(formatNames)('may want the report as %s', (format) => {
    expect(readEvent({ format })).toEqual({ ...everything, format });
  });

  it.each([true, false])('says whether to look into streams, whatever the configuration says: %j', (deep) => {
    expect(readEvent({ deep })).toEqual({ ...everything, deep });
  });

  it.each([
    [{ buckets: ['a'], bukets: [] }, /"bukets" .*did you mean buckets/],
    [{ notify: false, source: 'aws.events' }, /"source"/],
    [{ buckets: 'logs-prod' }, /buckets must be a list of bucket names, not "logs-prod"/],
    [{ buckets: null }, /buckets must be a list of bucket names, not null/],
    [{ buckets: [] }, /buckets names none/],
    [{ buckets: ['a', 7] }, /buckets\[1\] must be a bucket's name, not 7/],
    [{ buckets: [''] }, /buckets\[0\]/],
    [{ notify: 'no' }, /notify must be true or false, not "no"/],
    [{ notify: undefined }, /notify must be true or false/],
    [{ deep: 1 }, /deep must be true or false, not 1/],
    [{ format: 'yaml' }, /format must be text, json, markdown, .* or openmetrics, not "yaml"$/],
    [{ format: 'sairf' }, /not "sairf" \(did you mean sarif\?\)$/],
    [{ format: { json: true } }, /format must be text, json, .*, not an object/],
  ])('is refused by its path: %j', (event, message) => {
    expect(() => readEvent(event)).toThrow(EventError);
    expect(() => readEvent(event)).toThrow(message);
  });

  it('is either understood or refused, whatever it is', () => {
    fc.assert(
      fc.property(fc.anything({ key: fc.constantFrom('buckets', 'deep', 'notify', 'format', 'more') }), (event) => {
        try {
          const request = readEvent(event);
          expect(typeof request.notify).toBe('boolean');
          expect(formatNames).toContain(request.format);
        } catch (error) {
          expect(error).toBeInstanceOf(EventError);
        }
      }),
    );
  });
});

describe('the buckets of a run', () => {
  const configured = [{ name: 'logs-dev' }, { name: 'logs-prod' }];

  it('are all that are configured, in that order', () => {
    expect(chooseBuckets(configured, null)).toEqual(configured);
  });

  it('are those that the event names, in its order', () => {
    expect(chooseBuckets(configured, ['logs-prod', 'logs-dev']).map(({ name }) => name)).toEqual([
      'logs-prod',
      'logs-dev',
    ]);
  });

  it('are refused when one is not configured, with its place and what is', () => {
    expect(() => chooseBuckets(configured, ['logs-prod', 'logs-test'])).toThrow(
      'event: buckets[1], "logs-test", is not configured (configured: logs-dev, logs-prod)',
    );
  });
});
