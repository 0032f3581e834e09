import type { Writer } from '../writer.ts';

/** Registries, package repositories, state of infrastructure, storage servers. */
export const software = {
  registry: {
    name: 'a container registry (Distribution, Harbor, GitLab)',
    marks: [
      ['docker/registry/v2/blobs/sha256/{sharded64}/data'],
      ['docker/registry/v2/repositories/{path}_manifests/**'],
      ['docker/registry/v2/repositories/{path}_layers/**'],
    ],
    holds: ['docker/registry/v2/**'],
    source: 'https://github.com/distribution/distribution/blob/main/registry/storage/paths.go',
    note: null,
  },
  'helm-repo': {
    name: 'a Helm chart repository',
    marks: [['index.yaml', '{any}-{chartversion}.tgz']],
    holds: ['index.yaml', '{any}-{chartversion}.tgz', '{any}-{chartversion}.tgz.prov'],
    source: 'https://helm.sh/docs/topics/chart_repository/',
    note: 'Nothing but charts, provenance files and the index in one folder.',
  },
  'apt-repo': {
    name: 'a Debian package repository',
    marks: [
      ['dists/{path}Release', 'pool/{tree}{any}.deb'],
      ['dists/{path}InRelease', 'pool/{tree}{any}.deb'],
    ],
    holds: ['dists/**', 'pool/**', '{any}.gpg', '{any}.asc', '{any}.key'],
    source: 'https://wiki.debian.org/DebianRepository/Format',
    note: null,
  },
  'yum-repo': {
    name: 'an RPM package repository',
    marks: [['repodata/repomd.xml']],
    holds: ['repodata/**', '{tree}{any}.rpm'],
    source:
      'https://docs.redhat.com/en/documentation/red_hat_enterprise_linux/7/html/system_administrators_guide/sec-yum_repository',
    note: null,
  },
  nexus: {
    name: 'Nexus Repository blob store',
    marks: [['content/vol-{mm}/chap-{mm}/{uuid}.properties', 'content/vol-{mm}/chap-{mm}/{uuid}.bytes']],
    holds: [
      'content/vol-{mm}/chap-{mm}/{any}',
      'content/{yyyy}/{mm}/{dd}/{hh}/{mi}/{any}',
      'content/directpath/**',
      'metadata.properties',
    ],
    source: 'https://help.sonatype.com/en/configuring-blob-stores.html',
    note: null,
  },
  terraform: {
    name: 'Terraform or OpenTofu state',
    marks: [['env:/{any}/**'], ['terraform.tfstate'], ['{any}.tfstate.tflock']],
    holds: ['terraform.tfstate', 'env:/{any}/**', '{any}.tfstate', '{any}.tfstate.tflock'],
    source: 'https://developer.hashicorp.com/terraform/language/backend/s3',
    note: 'The name `terraform.tfstate`, the folder `env:/` of workspaces, or a lock. Any other `.tfstate` is a name that everybody may choose.',
  },
  pulumi: {
    name: 'Pulumi state',
    marks: [['.pulumi/meta.yaml'], ['.pulumi/stacks/{any}.json'], ['.pulumi/stacks/{any}/{any}.json']],
    holds: ['.pulumi/meta.yaml', '.pulumi/stacks/**', '.pulumi/history/**', '.pulumi/backups/**', '.pulumi/locks/**'],
    source: 'https://www.pulumi.com/docs/iac/concepts/state-and-backends/',
    note: null,
  },
  minio: {
    name: 'the drive of a MinIO server',
    marks: [['.minio.sys/format.json'], ['.minio.sys/buckets/{path}.metadata.bin/xl.meta']],
    holds: ['.minio.sys/format.json', '.minio.sys/{any}/**', '{tree}xl.meta', '{tree}{uuid}/part.{n}'],
    source: 'https://github.com/minio/minio/blob/master/cmd/format-erasure.go',
    note: 'Copied file by file; what MinIO serves as objects bears no mark.',
  },
  juicefs: {
    name: 'JuiceFS',
    marks: [['juicefs_uuid', 'chunks/{n}/{n}/{n}_{n}_{n}']],
    holds: ['juicefs_uuid', 'chunks/**', 'meta/**'],
    source: 'https://juicefs.com/docs/community/architecture/',
    note: null,
  },
} as const satisfies Record<string, Writer>;
