// No test reaches beyond this machine: credentials that open nothing, and no settings of the developer's own.
// What is told to the tests themselves stays: the servers of .ci/with-moto and .ci/with-radosgw, how many schedules to play.
for (const name of Object.keys(process.env)) {
  if (/^AWS_|^BUCKET_HYGIENE_(?!MOTO|RADOSGW|SCHEDULES)/.test(name)) Reflect.deleteProperty(process.env, name);
}
process.env['AWS_ACCESS_KEY_ID'] = 'test';
process.env['AWS_SECRET_ACCESS_KEY'] = 'test';
process.env['AWS_EC2_METADATA_DISABLED'] = 'true';
process.env['AWS_CONFIG_FILE'] = '/nonexistent';
process.env['AWS_SHARED_CREDENTIALS_FILE'] = '/nonexistent';
