import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { allTargets, createWorkspace, lower, toDocument } from '#engine';
import type { KitLine } from '#engine';
import { shippedFiles } from '../engine/testing/workspace-on-disk.ts';

type Json = Readonly<Record<string, unknown>>;

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
const resources = files
  .filter(({ path }) => /^package\/.*[A-Z]\w+-[^/]*\.json$/.test(path))
  .map(({ path, text }) => ({ path, resource: JSON.parse(text) as Json }));

describe('the FHIR package', () => {
  test('has a library, a plan, examples and an index that names them', () => {
    expect(files.map(({ path }) => path)).toStrictEqual([
      'package/.index.json',
      'package/Library-proviso-shipped.json',
      'package/PlanDefinition-proviso-shipped.json',
      'package/examples/Parameters-example-1.json',
      'package/examples/Parameters-example-2.json',
      'package/examples/Parameters-example-3.json',
      'package/package.json',
      'policy.cql',
      'policy.elm.json',
    ]);
    const index = JSON.parse(textOf('package/.index.json')) as { files: readonly { filename: string }[] };
    expect(index.files.map(({ filename }) => filename)).toStrictEqual([
      'Library-proviso-shipped.json',
      'PlanDefinition-proviso-shipped.json',
    ]);
  });

  test('holds text and ELM byte for byte', () => {
    const library = JSON.parse(textOf('package/Library-proviso-shipped.json')) as {
      content: readonly { data: string }[];
    };
    const decoded = library.content.map(({ data }) => Buffer.from(data, 'base64').toString('utf8'));
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

  test('has the shape of FHIR 4.0.1, as far as its model says it', () => {
    const model = readModel();
    expect(resources).toHaveLength(5);
    expect(
      resources.flatMap(({ path, resource }) => {
        const { resourceType, ...own } = resource;
        return strangers(own, String(resourceType), model).map((name) => `${path}: ${name}`);
      }),
    ).toStrictEqual([]);
    // The check itself finds a name that is none, deep inside.
    const wrong = { action: [{ condition: [{ kind: 'applicability', expresion: {} }] }] };
    expect(strangers(wrong, 'PlanDefinition', model)).toStrictEqual([
      'PlanDefinition.Action.Condition.expresion',
    ]);
  });
});

interface FhirType {
  readonly base: string;
  /** Element names with their types; null where there is a choice of types. */
  readonly elements: ReadonlyMap<string, string | null>;
}

function readModel(): ReadonlyMap<string, FhirType> {
  const folder = dirname(createRequire(import.meta.url).resolve('cql-exec-fhir'));
  const xml = readFileSync(join(folder, 'modelInfos', 'fhir-modelinfo-4.0.1.xml'), 'utf8');
  const types = xml.matchAll(/<typeInfo ([^>]*)>([\s\S]*?)<\/typeInfo>/g);
  const attribute = (text: string, name: string) =>
    new RegExp(`(?:^|\\s)${name}="(?:FHIR\\.)?([^"]*)"`).exec(text)?.[1] ?? '';
  return new Map(
    Array.from(types, ([, head, body]) => {
      const elements = body!.matchAll(/<element ([^>]*?)(?:\/>|>([\s\S]*?)<\/element>)/g);
      return [
        attribute(head!, 'name'),
        {
          base: attribute(head!, 'baseType'),
          elements: new Map(
            Array.from(elements, ([, own, inner]) => {
              const type =
                attribute(own!, 'elementType') ||
                attribute(/<elementTypeSpecifier ([^>]*)/.exec(inner ?? '')?.[1] ?? '', 'elementType');
              return [attribute(own!, 'name'), type || null] as const;
            }),
          ),
        },
      ] as const;
    }),
  );
}

/** The names in a value that its type does not have. */
function strangers(value: Json, type: string, model: ReadonlyMap<string, FhirType>): readonly string[] {
  return Object.entries(value).flatMap(([name, of]) => {
    const found = elementOf(name, type, model);
    if (found === undefined) return [`${type}.${name}`];
    const items = Array.isArray(of) ? of : [of];
    return items.flatMap((item: unknown) =>
      typeof item === 'object' && item !== null && found ? strangers(item as Json, found, model) : [],
    );
  });
}

/** The type of an element, null where it is one of a choice, undefined where there is no such element. */
function elementOf(
  name: string,
  type: string,
  model: ReadonlyMap<string, FhirType>,
): string | null | undefined {
  const own = model.get(type);
  if (!own) return undefined;
  const exact = own.elements.get(name);
  if (exact !== undefined) return exact;
  const choice = Array.from(own.elements).find(
    ([element, of]) => of === null && name.startsWith(element) && /^[A-Z]/.test(name.slice(element.length)),
  );
  return choice ? null : elementOf(name, own.base, model);
}
