import type { PlainProgram } from '../../intermediate/form.ts';
import { elmType, identifier, indent } from './expression.ts';
import type { Definition } from './write-rules.ts';
import { inputType } from './write-input.ts';
import type { CqlType } from './write-input.ts';

/** A library as text and as ELM, as it stands in `policy.cql` and `policy.elm.json`. */
export interface WrittenLibrary {
  readonly name: string;
  readonly version: string;
  readonly cql: string;
  readonly elm: string;
}

export function writeLibrary(
  name: string,
  { fields, policies }: PlainProgram,
  definitions: readonly Definition[],
): WrittenLibrary {
  const type = inputType(fields);
  const version = '1.0.0';
  const titles = [...new Set(policies.map(({ title }) => title))];
  const text = [
    `/*\n  ${titles.map(comment).join('\n  ')}\n\n  The parameter Encounter is one claim with its record; the definition "Answer" says what the policies decide.\n*/`,
    `library ${identifier(name)} version '${version}'`,
    `parameter Encounter ${typeText(type)}`,
    'context Unfiltered',
    ...definitions.map(
      ({ name: own, cql, remark }) =>
        `${remark ? `// ${comment(remark)}\n` : ''}define ${identifierOf(own)}:\n  ${indent(cql.text)}`,
    ),
  ];
  const elm = {
    library: {
      annotation: [],
      identifier: { id: name, version },
      schemaIdentifier: { id: 'urn:hl7-org:elm', version: 'r1' },
      usings: { def: [{ localIdentifier: 'System', uri: 'urn:hl7-org:elm-types:r1' }] },
      parameters: {
        def: [{ name: 'Encounter', accessLevel: 'Public', parameterTypeSpecifier: typeElm(type) }],
      },
      contexts: { def: [{ name: 'Unfiltered' }] },
      statements: {
        def: definitions.map(({ name: own, cql }) => ({
          name: own,
          context: 'Unfiltered',
          accessLevel: 'Public',
          expression: cql.elm,
        })),
      },
    },
  };
  return { name, version, cql: `${text.join('\n\n')}\n`, elm: `${JSON.stringify(elm, null, 1)}\n` };
}

/** A definition's name is always in quotes: most are phrases. */
function identifierOf(name: string): string {
  const text = identifier(name);
  return text.startsWith('"') ? text : `"${text}"`;
}

/** One line that cannot end the comment it stands in. */
function comment(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll('*/', '* /');
}

function typeText(type: CqlType): string {
  if (typeof type === 'string') return type;
  if (type.kind === 'list') return `List<${typeText(type.of)}>`;
  const parts = type.elements.map(([name, of]) => `${identifier(name)} ${typeText(of)}`);
  return `Tuple {\n  ${parts.map(indent).join(',\n  ')}\n}`;
}

function typeElm(type: CqlType): unknown {
  if (typeof type === 'string') return { type: 'NamedTypeSpecifier', name: elmType(type) };
  if (type.kind === 'list') return { type: 'ListTypeSpecifier', elementType: typeElm(type.of) };
  return {
    type: 'TupleTypeSpecifier',
    element: type.elements.map(([name, of]) => ({ name, elementType: typeElm(of) })),
  };
}
