import { loadRecorded, type Recorded } from '../../support/recorded.ts';
import type { Account, Content } from './account.ts';

/** What a recorded bucket holds. When it was written cannot be told to moto: it is written now. */
export const contentsOf = ({ contents }: Recorded): Content[] =>
  contents.objects.map(({ key, body, size }) => ({ key, size, ...(body === undefined ? {} : { body }) }));

/** Makes a bucket of a recorded case, under the name of the case. */
export async function recordedBucket(account: Account, name: string): Promise<Recorded> {
  const recorded = loadRecorded(name);
  await account.createBucket(name);
  await account.fill(name, contentsOf(recorded));
  return recorded;
}
