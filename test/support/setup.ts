// No test reaches beyond this machine: credentials that open nothing, and no settings of the developer's own.
for (const name of Object.keys(process.env)) {
  if (name.startsWith('AWS_') || name.startsWith('BUCKET_HYGIENE_')) Reflect.deleteProperty(process.env, name);
}
process.env['AWS_ACCESS_KEY_ID'] = 'test';
process.env['AWS_SECRET_ACCESS_KEY'] = 'test';
process.env['AWS_EC2_METADATA_DISABLED'] = 'true';
process.env['AWS_CONFIG_FILE'] = '/nonexistent';
process.env['AWS_SHARED_CREDENTIALS_FILE'] = '/nonexistent';
