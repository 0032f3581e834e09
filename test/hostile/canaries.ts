import { objectOf } from '../s3/client.ts';
import type { StoredObject } from '../s3/server.ts';
import { markerBody } from '../support/generated.ts';

/** A secret that can be found again wherever it gets out; none is a part of another. */
const secret = (place: string): string => `PLANTED-${place}-${Buffer.from(place).toString('hex')}`;

/** Every place where Parseable keeps what nobody may see, and what surrounds an audit. */
export const secrets = {
  passwordHash: secret('password-hash'),
  apiKey: secret('api-key'),
  bearer: secret('bearer'),
  querierToken: secret('querier-token'),
  queryAuth: secret('query-auth'),
  oldPassword: secret('old-password'),
  mail: secret('mail'),
  staging: secret('staging'),
  customer: secret('customer'),
  tenantHash: secret('tenant-hash'),
  rootHash: secret('root-hash'),
  node: secret('node'),
  target: secret('target'),
  alert: secret('alert'),
  oldAlert: secret('old-alert'),
  leakedAlert: secret('leaked-alert'),
  model: secret('model'),
  chat: secret('chat'),
  dashboard: secret('dashboard'),
  foreign: secret('foreign'),
  corrupt: secret('corrupt'),
  accessSecret: secret('access-secret'),
  sessionToken: secret('session-token'),
  endpointPassword: secret('endpoint-password'),
  profileSecret: secret('profile-secret'),
  processOutput: secret('process-output'),
  storesWords: secret('stores-words'),
  nonsense: secret('nonsense'),
} as const;

const ulid = '01M72BPEH5DF5EAYAFYW1K8Q0D';
const hash = 'ab'.repeat(32);

const deployment = (hashOfPassword: string): string =>
  JSON.stringify({
    version: 'v8',
    mode: 's3',
    staging: `/${secrets.staging}`,
    storage: 'http://s3/logs',
    deployment_id: '01K3YPQ3C8JMRNV7E9Z0C1HT0H',
    user: [{ username: 'admin', password: secrets.oldPassword }],
    users: [
      { username: 'alice', password_hash: hashOfPassword, roles: [] },
      { userid: 'bob', user_info: { email: secrets.mail }, bearer: { access_token: secrets.bearer } },
      { userid: 'key', keyId: '1', apiKey: secrets.apiKey },
    ],
    querier_endpoint: 'http://querier',
    querier_auth_token: secrets.querierToken,
    global_query_auth: `Basic ${secrets.queryAuth}`,
    customer_name: secrets.customer,
    server_mode: 'All',
  });

/** Bodies that hold secrets and that nobody needs to read: a listing tells all about them. */
export const unread: readonly StoredObject[] = [
  ...['ingestor', 'querier', 'indexer', 'prism', 'all'].map((type) =>
    objectOf(
      `.parseable/${type}.0123456789abcde.json`,
      JSON.stringify({ version: 'v4', token: `Basic ${secrets.node}` }),
    ),
  ),
  objectOf(`.settings/.targets/${ulid}.json`, JSON.stringify({ headers: { authorization: secrets.target } })),
  objectOf('.settings/llmconfigs/one.json', secrets.model),
  objectOf(`.alerts/${ulid}.json`, secrets.alert),
  objectOf(`DEFAULT_TENANT/.alerts/${ulid}.json`, secrets.leakedAlert),
  objectOf('.keystone/conv_1.json', secrets.chat),
  objectOf(`.users/${hash}/dashboards/${ulid}.json`, secrets.dashboard),
  objectOf('web/.stream/.alert.json', secrets.oldAlert),
  objectOf('web/.alert.json', secrets.oldAlert),
  objectOf('backups/keys.txt', secrets.foreign),
  objectOf('id_rsa', secrets.foreign),
];

/** A bucket with a secret in every place that has one, and with damage that gets talked about. */
export const secretBucket: readonly StoredObject[] = [
  ...unread,
  objectOf('.parseable/.parseable.json', deployment(secrets.passwordHash)),
  objectOf('.parseable.json', deployment(secrets.rootHash)),
  objectOf('acme/.parseable.json', deployment(secrets.tenantHash)),
  objectOf('acme/app/.stream/.stream.json', markerBody('v7')),
  objectOf('broken-tenant/.parseable.json', `{"users":[{"password_hash":"${secrets.corrupt}"`),
  objectOf('broken-tenant/app/.stream/.stream.json', markerBody('v7')),
  objectOf('web/.stream/.stream.json', markerBody('v7')),
  objectOf('broken/.stream/.stream.json', `{"version":"v7","owner":"${secrets.corrupt}"`),
];

/** The names of the secrets that stand in a text, also encoded as they may travel. */
export const leaksIn = (text: string): string[] =>
  Object.entries(secrets)
    .filter(([, value]) =>
      [value, encodeURIComponent(value), Buffer.from(value).toString('base64').replace(/=*$/, '')].some((form) =>
        text.includes(form),
      ),
    )
    .map(([name]) => name);
