import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { allTargets, createWorkspace, lower, toDocument } from '#engine';
import type { KitLine } from '#engine';
import { shippedFiles } from '../engine/testing/workspace-on-disk.ts';

type Json = Readonly<Record<string, unknown>>;

/** What we use of the package `fhir`, whose own types say that it exports more than it does. */
interface FhirPackage {
  readonly Fhir: new () => {
    readonly validate: (
      json: string,
      options: { readonly errorOnUnexpected: boolean },
    ) => {
      readonly messages: readonly {
        readonly severity: string;
        readonly location: string;
        readonly message: string;
      }[];
    };
  };
}

const { Fhir } = createRequire(import.meta.url)('fhir') as FhirPackage;

const cql = allTargets.find(({ id }) => id === 'cql')!;
const workspace = createWorkspace(shippedFiles());
const { vocabulary, cases } = workspace;
const program = lower(workspace.policies, vocabulary);
const saved = cases.flatMap(({ ready }): KitLine[] => {
  const answer = { decision: 'pay', lines: [], visit: { violated: [], undetermined: [] } } as const;
  return ready
    ? [
        {
          id: ready.table.id,
          tag: 'saved',
          encounter: toDocument(ready.table, vocabulary),
          expected: { answer, refused: null },
        },
      ]
    : [];
});
const { files } = cql.write({ program, workspace, name: 'shipped', kit: saved.slice(0, 5) });
const textOf = (path: string) => files.find((file) => file.path === path)!.text;
const parsed = (path: string) => JSON.parse(textOf(path)) as Json;
const validator = new Fhir();
const resources = files
  .filter(({ path }) => /^package\/.*[A-Z]\w+-[^/]*\.json$/.test(path))
  .map(({ path, text }) => ({ path, resource: JSON.parse(text) as Json }));

describe('the FHIR package', () => {
  test('has a library, a plan, examples and an index that names them', () => {
    expect(files.map(({ path }) => path)).toStrictEqual([
      'package/.index.json',
      'package/Library-proviso-shipped.json',
      'package/PlanDefinition-proviso-shipped.json',
      'package/examples/.index.json',
      'package/examples/Parameters-example-1.json',
      'package/examples/Parameters-example-2.json',
      'package/examples/Parameters-example-3.json',
      'package/package.json',
      'policy.cql',
      'policy.elm.json',
    ]);
    for (const folder of ['package', 'package/examples']) {
      const index = parsed(`${folder}/.index.json`).files as readonly Json[];
      const there = resources.filter(({ path }) => path.slice(0, path.lastIndexOf('/')) === folder);
      expect(index).toStrictEqual(
        there.map(({ path, resource: { resourceType, id, url, version } }) =>
          JSON.parse(
            JSON.stringify({ filename: path.slice(folder.length + 1), resourceType, id, url, version }),
          ),
        ),
      );
    }
  });

  test('holds text and ELM byte for byte', () => {
    const { content } = parsed('package/Library-proviso-shipped.json') as {
      readonly content: readonly { readonly contentType: string; readonly data: string }[];
    };
    expect(content.map(({ contentType }) => contentType)).toStrictEqual(['text/cql', 'application/elm+json']);
    const decoded = content.map(({ data }) => Buffer.from(data, 'base64').toString('utf8'));
    expect(decoded).toStrictEqual([textOf('policy.cql'), textOf('policy.elm.json')]);
  });

  test('asks in each action for a definition that is there', () => {
    const { library } = JSON.parse(textOf('policy.elm.json')) as {
      library: { statements: { def: readonly { name: string }[] } };
    };
    const defined = new Set(library.statements.def.map(({ name }) => name));
    const plan = JSON.parse(textOf('package/PlanDefinition-proviso-shipped.json')) as {
      action: readonly { condition: readonly { expression: { expression: string } }[] }[];
    };
    const asked = plan.action.map(({ condition }) => condition[0]!.expression.expression);
    expect(asked.length).toBeGreaterThan(50);
    expect(asked.filter((name) => !defined.has(name))).toStrictEqual([]);
  });

  test('is made of valid resources of FHIR R4', () => {
    expect(resources.map(({ path }) => path)).toStrictEqual([
      'package/Library-proviso-shipped.json',
      'package/PlanDefinition-proviso-shipped.json',
      'package/examples/Parameters-example-1.json',
      'package/examples/Parameters-example-2.json',
      'package/examples/Parameters-example-3.json',
    ]);
    expect(resources.flatMap(({ resource }) => problemsOf(resource))).toStrictEqual([]);
  });

  // What the validator sees of it, so that its silence says something.
  test.each([
    ['Library', { status: undefined }, 'error Library.status: Missing property'],
    ['Library', { status: 'approved' }, 'error Library.status: Code "approved" not found in value set'],
    ['Library', { type: undefined }, 'error Library.type: Missing property'],
    [
      'Library',
      { type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/library-type', code: 'logic' }] } },
      'warning Library.type: Code "logic" (http://terminology.hl7.org/CodeSystem/library-type) not found in value set',
    ],
    ['Library', { parameter: [{ use: 'in' }] }, 'error Library.parameter[0].type: Missing property'],
    [
      'Library',
      { parameter: [{ use: 'both', type: 'Any' }] },
      'error Library.parameter[0].use: Code "both" not found in value set',
    ],
    ['Library', { date: 'yesterday' }, 'error Library.date: Invalid dateTime format for value "yesterday"'],
    ['PlanDefinition', { actions: [] }, 'error PlanDefinition.actions: Unexpected property'],
    [
      'PlanDefinition',
      { action: [{ condition: [{ expression: { language: 'text/cql' } }] }] },
      'error PlanDefinition.action[0].condition[0].kind: Missing property',
    ],
    [
      'PlanDefinition',
      { action: [{ condition: [{ kind: 'applicability', expresion: {} }] }] },
      'error PlanDefinition.action[0].condition[0].expresion: Unexpected property',
    ],
    [
      'Parameters',
      { parameter: [{ valueString: 'hns' }] },
      'error Parameters.parameter[0].name: Missing property',
    ],
  ] as const)('a %s changed to %j is told', (type, change, problem) => {
    const { resource } = resources.find((one) => one.resource.resourceType === type)!;
    expect(problemsOf({ ...resource, ...change })).toStrictEqual([problem]);
  });

  test('is a package as FHIR describes one', () => {
    const { name, version, canonical, author, description, ...manifest } = parsed('package/package.json');
    expect(manifest).toStrictEqual({
      type: 'Conformance',
      title: 'Payer policies: shipped',
      fhirVersions: ['4.0.1'],
      dependencies: { 'hl7.fhir.r4.core': '4.0.1' },
    });
    expect([author, description].map((one) => typeof one)).toStrictEqual(['string', 'string']);
    expect(name).toBe('proviso.shipped');
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    // Addresses lie under the package's, and have its version.
    const [library, plan] = ['Library', 'PlanDefinition'].map((type) =>
      parsed(`package/${type}-proviso-shipped.json`),
    );
    expect([library!.url, plan!.url]).toStrictEqual([
      `${String(canonical)}/Library/proviso-shipped`,
      `${String(canonical)}/PlanDefinition/proviso-shipped`,
    ]);
    expect([library!.version, plan!.version]).toStrictEqual([version, version]);
    // The plan rests on this version of the library, and the library on nothing: its CQL includes no other.
    expect(plan!.library).toStrictEqual([`${String(library!.url)}|${String(version)}`]);
    expect(textOf('policy.cql')).not.toMatch(/^include /m);
  });

  test('has names that FHIR takes where the policy is named by a number', () => {
    const numbered = cql.write({ program: lower([], vocabulary), workspace, name: '97530', kit: [] }).files;
    const manifest = JSON.parse(numbered.find(({ path }) => path === 'package/package.json')!.text) as Json;
    expect(manifest.name).toBe('proviso.p97530');
    expect(String(manifest.name)).toMatch(/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/);
    const library = JSON.parse(
      numbered.find(({ path }) => path.startsWith('package/Library-'))!.text,
    ) as Json;
    expect(String(library.id)).toMatch(/^[A-Za-z0-9.-]{1,64}$/);
    expect(String(library.name)).toMatch(/^[A-Z]\w{0,254}$/);
  });
});

/**
 * What a validator finds by the definitions of FHIR R4: cardinalities, required and preferred codes, elements that are none.
 * R4 knows no code for an expression that names a definition; the binding is extensible, and later releases have this one.
 */
function problemsOf(resource: Json): readonly string[] {
  const { messages } = validator.validate(JSON.stringify(resource), { errorOnUnexpected: true });
  return (
    messages
      .map(({ severity, location, message }) => `${severity} ${location}: ${message}`)
      // It has not all lists of codes at hand, and says so.
      .filter((problem) => !/^info .*could not be found/.test(problem))
      .filter((problem) => !/\.expression\.language: Code "text\/cql-identifier" not found/.test(problem))
  );
}
