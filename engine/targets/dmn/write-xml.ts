/** One entry of a boxed context: later ones read earlier ones by name. */
export interface Entry {
  /** Null for the last one, which is what the context gives. */
  readonly name: string | null;
  readonly feel: string;
  /** For who reads it. */
  readonly says?: string;
}

export interface Decision {
  readonly id: string;
  readonly title: string;
  readonly row: number;
  readonly column: number;
  /** Ids of decisions and inputs. */
  readonly reads: readonly string[];
  readonly entries: readonly Entry[];
}

export interface InputData {
  readonly id: string;
  readonly title: string;
  readonly row: number;
  readonly column: number;
}

const size = { width: 220, height: 60 };
const left = (column: number) => 60 + column * 270;
const top = (row: number) => 60 + row * 160;

/** DMN 1.3 with a diagram. Names of decisions are their ids, since expressions read them; their titles are labels. */
export function writeXml(name: string, decisions: readonly Decision[], inputs: readonly InputData[]): string {
  const byId = new Map([...decisions, ...inputs].map((one) => [one.id, one]));
  const isInput = (id: string) => inputs.some((one) => one.id === id);
  const requirement = (of: Decision, id: string) => `${of.id}_reads_${id}`;
  const shapes = [...inputs, ...decisions].map(
    ({ id, title, row, column }) => `      <dmndi:DMNShape id="shape_${id}" dmnElementRef="${id}">
        <dc:Bounds x="${left(column)}" y="${top(row)}" width="${size.width}" height="${size.height}"/>
        <dmndi:DMNLabel><dmndi:Text>${xml(title)}</dmndi:Text></dmndi:DMNLabel>
      </dmndi:DMNShape>`,
  );
  const edges = decisions.flatMap((to) =>
    to.reads.map((id) => {
      const from = byId.get(id)!;
      return `      <dmndi:DMNEdge id="edge_${requirement(to, id)}" dmnElementRef="${requirement(to, id)}">
        <di:waypoint x="${left(from.column) + size.width / 2}" y="${top(from.row)}"/>
        <di:waypoint x="${left(to.column) + size.width / 2}" y="${top(to.row) + size.height}"/>
      </dmndi:DMNEdge>`;
    }),
  );
  const elements = [
    ...inputs.map(
      ({ id, title }) => `  <inputData id="${id}" name="${id}">
    <description>${xml(title)}</description>
    <variable id="${id}_variable" name="${id}"/>
  </inputData>`,
    ),
    ...decisions.map(
      (one) => `  <decision id="${one.id}" name="${one.id}">
    <description>${xml(one.title)}</description>
    <variable id="${one.id}_variable" name="${one.id}"/>
${one.reads
  .map(
    (id) => `    <informationRequirement id="${requirement(one, id)}">
      <${isInput(id) ? 'requiredInput' : 'requiredDecision'} href="#${id}"/>
    </informationRequirement>`,
  )
  .join('\n')}
    <context id="${one.id}_context">
${one.entries.map((entry, at) => contextEntry(entry, `${one.id}_${at + 1}`)).join('\n')}
    </context>
  </decision>`,
    ),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" xmlns:di="http://www.omg.org/spec/DMN/20180521/DI/" id="policy" name="${xml(name)}" namespace="https://proviso.invalid/${xml(name)}">
${elements.join('\n')}
  <dmndi:DMNDI>
    <dmndi:DMNDiagram id="diagram">
${[...shapes, ...edges].join('\n')}
    </dmndi:DMNDiagram>
  </dmndi:DMNDI>
</definitions>
`;
}

function contextEntry({ name, feel, says }: Entry, id: string): string {
  const variable = name === null ? '' : `        <variable id="${id}_variable" name="${name}"/>\n`;
  const description = says ? `<description>${xml(says)}</description>` : '';
  return `      <contextEntry id="${id}">
${variable}        <literalExpression id="${id}_feel">${description}<text>${xml(feel)}</text></literalExpression>
      </contextEntry>`;
}

function xml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
