/** How a bucket (or a topic, or a parameter) is reached. Unset fields follow the AWS default chain, as in the AWS CLI. */
export interface Connection {
  endpoint: string | null;
  region: string | null;
  profile: string | null;
  /** Null: path style exactly when the endpoint is a custom one. */
  pathStyle: boolean | null;
  /** A role to assume first, in another account. */
  roleArn: string | null;
  /** Account that must own the bucket; every request carries it. */
  expectedOwner: string | null;
}

export const defaultConnection: Connection = {
  endpoint: null,
  region: null,
  profile: null,
  pathStyle: null,
  roleArn: null,
  expectedOwner: null,
};
