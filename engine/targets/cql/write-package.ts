import { readDocument } from '../../intermediate/document.ts';
import type { PlainProgram, PlainRule } from '../../intermediate/form.ts';
import type { KitLine } from '../kit-line.ts';
import type { TargetFile } from '../target.ts';
import { base64 } from './base64.ts';
import { inputType, inputValue } from './write-input.ts';
import type { CqlType, CqlValue } from './write-input.ts';
import type { WrittenLibrary } from './write-library.ts';
import { violatedName } from './write-rules.ts';

/** How many encounters go along as examples. */
const howManyExamples = 3;

/** A FHIR R4 package as a folder: the library, a plan with an action for each rule, and encounters as parameters. */
export function writePackage(
  name: string,
  library: WrittenLibrary,
  program: PlainProgram,
  kit: readonly KitLine[],
): readonly TargetFile[] {
  const id = `proviso-${name}`.slice(0, 64);
  const { version } = library;
  // A receiver that publishes the resources puts an address of its own here.
  const canonical = 'https://proviso.example/fhir';
  const address = (type: string) => `${canonical}/${type}/${id}`;
  const title = `Payer policies: ${name}`;
  const described = { url: address('Library'), version, title, status: 'active' };
  const inOut = { min: 1, max: '1', type: 'Any' };
  const resources = [
    {
      resourceType: 'Library',
      id,
      ...described,
      name: library.name,
      type: coded('http://terminology.hl7.org/CodeSystem/library-type', 'logic-library'),
      parameter: [
        {
          name: 'Encounter',
          use: 'in',
          ...inOut,
          documentation: 'One claim with its record, as the tuple that the library declares.',
        },
        {
          name: 'Answer',
          use: 'out',
          ...inOut,
          documentation: 'What the policies decide of it, as a tuple.',
        },
      ],
      content: [
        { contentType: 'text/cql', data: base64(library.cql) },
        { contentType: 'application/elm+json', data: base64(library.elm) },
      ],
    },
    {
      resourceType: 'PlanDefinition',
      id,
      ...described,
      url: address('PlanDefinition'),
      name: `${library.name}_Plan`,
      type: coded('http://terminology.hl7.org/CodeSystem/plan-definition-type', 'eca-rule'),
      library: [`${address('Library')}|${version}`],
      action: rulesOf(program).map(action),
    },
  ];
  return [
    ...folder('package', resources),
    ...folder('package/examples', examples(program, kit)),
    json('package/package.json', {
      name: packageName(name),
      version,
      type: 'Conformance',
      canonical,
      title,
      description: 'Payer policies as CQL, ELM and a plan with an action for each rule.',
      author: 'Proviso',
      fhirVersions: ['4.0.1'],
      dependencies: { 'hl7.fhir.r4.core': '4.0.1' },
    }),
  ].toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

interface Resource {
  readonly resourceType: string;
  readonly id: string;
  readonly url?: string;
  readonly version?: string;
}

/** Resources with the index that each folder of a package has. */
function folder(path: string, resources: readonly Resource[]): readonly TargetFile[] {
  const fileOf = ({ resourceType, id }: Resource) => `${resourceType}-${id}.json`;
  const files = resources.map((resource) => {
    const { resourceType, id, url, version } = resource;
    return { filename: fileOf(resource), resourceType, id, url, version };
  });
  return [
    json(`${path}/.index.json`, { 'index-version': 1, files }),
    ...resources.map((resource) => json(`${path}/${fileOf(resource)}`, resource)),
  ];
}

function json(path: string, value: unknown): TargetFile {
  return { path, text: `${JSON.stringify(value, null, 2)}\n` };
}

/** Each part of a package's name begins with a letter. */
function packageName(name: string): string {
  return `proviso.${name.replace(/^(?=\d)/, 'p')}`;
}

function coded(system: string, code: string) {
  return { coding: [{ system, code }] };
}

/** Each rule once, as its last period has it. */
function rulesOf({ policies }: PlainProgram): readonly PlainRule[] {
  const rules = policies.flatMap(({ periods }) => periods.flatMap((period) => period.rules));
  return [...new Map(rules.map((rule) => [rule.id, rule])).values()];
}

const words = { deny: 'Deny', review: 'Review', reduce: 'Reduce', advise: 'Advise' } as const;

function action(rule: PlainRule) {
  const subject = rule.scope === 'line' ? 'the service line' : 'the visit';
  return {
    title: rule.title,
    description: `${words[rule.effect]}: ${subject} does not meet the rule ${rule.id}.`,
    ...(rule.cites.length > 0
      ? { documentation: rule.cites.map((citation) => ({ type: 'citation', citation })) }
      : {}),
    condition: [
      {
        kind: 'applicability',
        expression: { language: 'text/cql-identifier', expression: violatedName(rule.id) },
      },
    ],
  };
}

// ------------------------------------------------------------------------------------------- examples

interface Part {
  readonly name: string;
  readonly [value: string]: unknown;
}

function examples(program: PlainProgram, kit: readonly KitLine[]) {
  return kit
    .filter(({ tag, expected }) => tag === 'saved' && expected.answer)
    .flatMap(({ encounter }) => readDocument(encounter, program).input ?? [])
    .slice(0, howManyExamples)
    .map((input, index) => ({
      resourceType: 'Parameters',
      id: `example-${index + 1}`,
      parameter: parts('Encounter', inputValue(input, program.fields), inputType(program.fields)),
    }));
}

/** A value as parameters: a tuple has parts, a list comes once for each item, and nothing stands for null. */
function parts(name: string, value: CqlValue, type: CqlType): readonly Part[] {
  if (value === null) return [];
  if (typeof type === 'string') return [{ name, [`value${type}`]: value }];
  if (type.kind === 'list')
    return (value as readonly CqlValue[]).flatMap((item) => parts(name, item, type.of));
  const elements = value as Readonly<Record<string, CqlValue>>;
  return [
    { name, part: type.elements.flatMap(([element, of]) => parts(element, elements[element] ?? null, of)) },
  ];
}
