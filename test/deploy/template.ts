import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';

export interface Resource {
  Type: string;
  Properties?: Record<string, unknown>;
  Condition?: string;
  DependsOn?: string[];
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}

export interface Template {
  Resources: Record<string, Resource>;
  Parameters?: Record<string, unknown>;
  Conditions?: Record<string, unknown>;
  Outputs?: Record<string, { Value: unknown }>;
}

let loaded: ReturnType<typeof loadAwsServiceSpecSync> | undefined;
const specification = () => (loaded ??= loadAwsServiceSpecSync());
const lookUp = (type: string) => specification().lookup('resource', 'cloudFormationType', 'equals', type).at(0);

type Properties = NonNullable<ReturnType<typeof lookUp>>['properties'];
type PropertyType = Properties[string]['type'];

const pseudo = /^AWS::(AccountId|Partition|Region|StackId|StackName|URLSuffix|NoValue|NotificationARNs)$/;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The name and argument of a function of CloudFormation, or null for a plain value. */
function functionOf(value: unknown): { name: string; argument: unknown } | null {
  if (!isObject(value)) return null;
  const [[name, argument] = ['', null], ...more] = Object.entries(value);
  return more.length === 0 && (name === 'Ref' || name.startsWith('Fn::')) ? { name, argument } : null;
}

/** What a template says that CloudFormation would refuse: unknown types, properties, references and attributes, wrong types and values. */
export function problemsOf(template: Template): string[] {
  const problems: string[] = [];
  const names = new Set([...Object.keys(template.Resources), ...Object.keys(template.Parameters ?? {})]);

  const reference = (name: string, at: string) => {
    if (!names.has(name) && !pseudo.test(name)) problems.push(`${at}: refers to ${name}, which does not exist`);
  };
  const attribute = (name: string, path: string, at: string) => {
    const resource = template.Resources[name];
    if (resource === undefined) problems.push(`${at}: refers to ${name}, which does not exist`);
    else if (lookUp(resource.Type)?.attributes[path] === undefined)
      problems.push(`${at}: ${resource.Type} has no attribute ${path}`);
  };
  const functions = (value: unknown, at: string): void => {
    if (Array.isArray(value))
      value.forEach((item, index) => {
        functions(item, `${at}[${String(index)}]`);
      });
    if (!isObject(value)) return;
    const found = functionOf(value);
    if (found?.name === 'Ref') reference(String(found.argument), at);
    else if (found?.name === 'Fn::GetAtt') {
      const [name = '', path = ''] = Array.isArray(found.argument)
        ? found.argument.map(String)
        : String(found.argument).split(/\.(.*)/s);
      attribute(name, path, at);
    } else if (found?.name === 'Fn::Sub') {
      for (const [, text = ''] of String(found.argument).matchAll(/\$\{(?!!)([^}]+)\}/g)) {
        const [name = '', path] = text.split(/\.(.*)/s);
        if (path === undefined) reference(name, at);
        else attribute(name, path, at);
      }
    } else for (const [key, item] of Object.entries(value)) functions(item, `${at}.${key}`);
  };

  const value = (given: unknown, type: PropertyType, at: string): string[] => {
    if (functionOf(given) !== null) return [];
    const wrong = (expected: string) => [`${at}: is ${JSON.stringify(given)}, expected ${expected}`];
    switch (type.type) {
      case 'string':
      case 'date-time':
        if (typeof given !== 'string') return wrong('a text');
        if (type.type === 'string' && type.allowedValues?.includes(given) === false)
          return wrong(`one of ${type.allowedValues.join(', ')}`);
        return [];
      case 'number':
        return typeof given === 'number' ? [] : wrong('a number');
      case 'integer':
        return Number.isInteger(given) ? [] : wrong('a whole number');
      case 'boolean':
        return typeof given === 'boolean' ? [] : wrong('true or false');
      case 'array':
        return Array.isArray(given)
          ? given.flatMap((item, index) => value(item, type.element, `${at}[${String(index)}]`))
          : wrong('a list');
      case 'map':
        return isObject(given)
          ? Object.entries(given).flatMap(([key, item]) => value(item, type.element, `${at}.${key}`))
          : wrong('an object');
      case 'ref':
        return isObject(given)
          ? properties(given, specification().get('typeDefinition', type.reference.$ref).properties, at)
          : wrong('an object');
      case 'union': {
        const all = type.types.map((one) => value(given, one, at));
        return all.find((found) => found.length === 0) ?? all[0] ?? [];
      }
      default:
        return [];
    }
  };
  const properties = (given: Record<string, unknown>, known: Properties, at: string): string[] => [
    ...Object.entries(given).flatMap(([name, item]) => {
      const property = known[name];
      return property === undefined ? [`${at}.${name}: is no property`] : value(item, property.type, `${at}.${name}`);
    }),
    ...Object.entries(known).flatMap(([name, { required }]) =>
      required === true && !(name in given) ? [`${at}.${name}: is missing`] : [],
    ),
  ];

  for (const [name, resource] of Object.entries(template.Resources)) {
    const known = lookUp(resource.Type);
    if (known === undefined) problems.push(`${name}: ${resource.Type} is no type of resource`);
    else problems.push(...properties(resource.Properties ?? {}, known.properties, name));
    functions(resource.Properties, name);
    for (const other of resource.DependsOn ?? []) reference(other, `${name}.DependsOn`);
    if (resource.Condition !== undefined && template.Conditions?.[resource.Condition] === undefined)
      problems.push(`${name}: its condition ${resource.Condition} does not exist`);
  }
  functions(template.Outputs, 'Outputs');
  return problems;
}

/** The one resource of a name. @throws Error when there is none, or when it is of another type */
export function resource(template: Template, name: string, type: string): Record<string, unknown> {
  const found = template.Resources[name];
  if (found?.Type !== type) throw new Error(`${name} is ${found?.Type ?? 'not there'}, expected ${type}`);
  return found.Properties ?? {};
}

/** All resources of a type, by name. */
export const ofType = (template: Template, type: string): [name: string, properties: Record<string, unknown>][] =>
  Object.entries(template.Resources).flatMap(([name, found]) =>
    found.Type === type ? [[name, found.Properties ?? {}]] : [],
  );
