import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasTail, judgeDayKey } from '../../src/parseable/data-file.ts';
import { dayOfManifest } from '../../src/parseable/days.ts';
import { epochs } from '../../src/parseable/epochs.ts';
import { anyKey } from '../hostile/keys.ts';

const day = 'date=2026-07-22/';
const minute = `${day}hour=05/minute=07/`;
const ulid = '01KY43JFV84TFF59TDWH9EDD1R';

const judge = (relative: string, size = 1) => judgeDayKey(`acme/app/${relative}`, 'acme/app/'.length, size);

describe('a key in the folder of a day', () => {
  it.each([
    `${minute}ip-10-0-3-17.ec2.internal.data.parquet`,
    `${minute}ingestor-0eb57e5f5dddeab6.data.parquet`,
    `${minute}parseable-0.data.d6GncfBAepfJBd0.parquet`,
    `${minute}level=error/region=eu-west-1/parseable-0.data.d6GncfBAepfJBd0.parquet`,
    `${minute}parseable-0.data.000000000000000.parquet`,
    `${minute}host.data.${ulid}.parquet`,
    `${minute}host.data.${ulid}-12.parquet`,
    `${minute}host/data.${ulid}.parquet`,
    `${minute}level=error.host.data.${ulid}.parquet`,
    `${minute}level=a\nb/host.data.${ulid}.parquet`,
    `${day}hour=23/minute=59/x.parquet`,
  ])('is data: %j', (relative) => {
    expect(judge(relative)).toBe('data');
  });

  it.each([
    `${day}manifest.json`,
    `${day}host.manifest.json`,
    `${day}ingestor.086a3146fed055d.manifest.json`,
    `${day}ingestor.host.086a3146fed055d.manifest.json`,
    `${day}hour=.manifest.json`,
  ])('is a manifest: %s', (relative) => {
    expect(judge(relative)).toBe('manifest');
  });

  it.each([day, `${day}hour=05/`, minute, `${day}anything/`])('is a folder when it is empty: %s', (relative) => {
    expect(judge(relative, 0)).toBe('folder');
    expect(judge(relative, 1)).toBe('foreign');
  });

  it.each([
    `${day}x.parquet`,
    `${day}hour=05/x.parquet`,
    `${day}hour=24/minute=07/x.parquet`,
    `${day}hour=05/minute=60/x.parquet`,
    `${day}hour=5/minute=07/x.parquet`,
    `${minute}x.parquet.tmp`,
    `${minute}x.PARQUET`,
    `${minute}parquet`,
    `${minute}manifest.json`,
    `${day}hour=05/manifest.json`,
    `${day}sub/hour=05/minute=07/x.parquet`,
    `${day}manifest.json.bak`,
  ])('is foreign: %s', (relative) => {
    expect(judge(relative)).toBe('foreign');
  });

  it('is data or a manifest when any epoch knows it', () => {
    const known = fc.constantFrom(...epochs.flatMap(({ data }) => data)).chain((pattern) => fc.stringMatching(pattern));
    fc.assert(
      fc.property(known, fc.nat(), (relative, size) => {
        const written = relative.replace(/^date=[^/]*\//, day);
        expect(judge(written, size)).toBe(dayOfManifest(written) === null ? 'data' : 'manifest');
      }),
    );
  });

  it('is a manifest exactly when its day is told from its name', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyKey,
          anyKey.map((key) => `${key}manifest.json`),
        ),
        (name) => {
          expect(judge(day + name) === 'manifest').toBe(dayOfManifest(day + name) !== null);
        },
      ),
    );
  });

  it('is judged alike below any stream', () => {
    const part = fc.oneof(fc.constantFrom('hour=05/', 'minute=07/', 'x.parquet', 'manifest.json'), anyKey);
    fc.assert(
      fc.property(anyKey, fc.array(part, { maxLength: 4 }), fc.nat(1), (stream, parts, size) => {
        const relative = day + parts.join('');
        expect(judgeDayKey(`${stream}/${relative}`, stream.length + 1, size)).toBe(judge(relative, size));
      }),
    );
  });
});

describe('the name of a data file', () => {
  const host = fc.stringMatching(/^[0-9A-Za-z_.-]*$/);
  const tail = fc.stringMatching(/^(?:[A-Za-z0-9]{15}|[0-7][0-9A-HJKMNP-TV-Z]{25}(?:-[1-9]\d*)?)$/);

  it('has a tail since 1.1, also where the partition was changed', () => {
    fc.assert(
      fc.property(host, tail, (name, end) => {
        expect(hasTail(`${minute}${name}.data.${end}.parquet`)).toBe(true);
        expect(hasTail(`${minute}${name}/data.${end}.parquet`)).toBe(true);
      }),
    );
  });

  it('has none before, whatever the host is called', () => {
    fc.assert(
      fc.property(host, tail, (name, end) => {
        expect(hasTail(`${minute}${name}.data.parquet`)).toBe(false);
        expect(hasTail(`${minute}${name}.data.${end}.data.parquet`)).toBe(false);
      }),
    );
  });

  it.each(['x.parquet', 'data.parquet', 'metadata.parquet'])(
    'is no old one when it was never of that form: %s',
    (name) => {
      expect(hasTail(minute + name)).toBe(true);
    },
  );
});
