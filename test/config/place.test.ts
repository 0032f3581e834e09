import { describe, expect, it } from 'vitest';
import { isStatePlace, placeOf, stateInsideWatched } from '../../src/config/place.ts';

describe('a place', () => {
  it.each([
    ['s3://ops/config.json', { scheme: 's3', bucket: 'ops', key: 'config.json' }],
    ['s3://ops/a/b c.json', { scheme: 's3', bucket: 'ops', key: 'a/b c.json' }],
    ['s3://ops', { scheme: 's3', bucket: 'ops', key: '' }],
    ['ssm:/bucket-hygiene/config', { scheme: 'ssm', name: '/bucket-hygiene/config' }],
    ['./settings.json', { scheme: 'file', path: './settings.json' }],
    ['C:\\settings.json', { scheme: 'file', path: 'C:\\settings.json' }],
  ])('%s is read', (text, place) => {
    expect(placeOf(text)).toEqual(place);
  });

  it.each(['', 's3://', 's3:///key', 's3:ops/key', 'ssm:', 'ssm:/', 'https://example.com/config.json'])(
    '%j is none',
    (text) => {
      expect(placeOf(text)).toBeNull();
    },
  );

  it('for state is a bucket or a folder, never a parameter', () => {
    expect(isStatePlace('s3://ops/state/')).toBe(true);
    expect(isStatePlace('./state')).toBe(true);
    expect(isStatePlace('ssm:/state')).toBe(false);
  });
});

describe('a state place inside a watched bucket', () => {
  const buckets = [{ name: 'logs' }];

  it('is told by the name of that bucket', () => {
    expect(stateInsideWatched('s3://logs/state/', buckets)).toBe('logs');
    expect(stateInsideWatched('s3://logs', buckets)).toBe('logs');
    expect(stateInsideWatched('s3://logs/state/', [{ name: 'other' }, ...buckets])).toBe('logs');
  });

  it('is not seen where only the names begin alike, or where it is a folder', () => {
    expect(stateInsideWatched('s3://logs-state/', buckets)).toBeNull();
    expect(stateInsideWatched('logs/', buckets)).toBeNull();
  });
});
