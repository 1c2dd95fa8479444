import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { SaxesParser } from 'saxes';

/** What a test of another project says: an expression in its own language, and what it is, as it is written there. */
export interface Vector {
  readonly expression: string;
  /** `null` where it has no value. */
  readonly is: string;
}

/**
 * Where tests of other projects lie. They are theirs and so are read where they are: in the folder that `PROVISO_VECTORS`
 * names, or else beside this project.
 */
const folder =
  process.env['PROVISO_VECTORS'] ??
  path.join(import.meta.dirname, '../../../shared/testdata/external/oracles');

/** Whether they are at hand. Where they are not, the tables in the tests are checked, which state the same. */
export const vectorsAreHere = existsSync(folder);

/** The tests of cqframework/cql-tests: `CqlLogicalOperatorsTest`. Empty where they are not at hand, as below. */
export function cqlVectors(name: string): readonly Vector[] {
  const vectors: Vector[] = [];
  let expression = '';
  forEachText(textOf(`cql-tests/${name}.xml`), (element, text) => {
    if (element === 'expression') expression = text;
    else if (element === 'output') vectors.push({ expression, is: text });
  });
  return vectors;
}

/** Tests of the DMN Technology Compatibility Kit that decide one expression: `0064-feel-conjunction`. */
export function dmnVectors(name: string): readonly Vector[] {
  const expressions = new Map<string, string>();
  forEachText(textOf(`dmn-tck/${name}.dmn`), (element, text, decision) => {
    if (element === 'text') expressions.set(decision, text);
  });
  const vectors: Vector[] = [];
  forEachText(textOf(`dmn-tck/${name}-test-01.xml`), (element, text, decision) => {
    const expression = expressions.get(decision);
    if (element === 'value' && expression) vectors.push({ expression, is: text || 'null' });
  });
  return vectors;
}

/** The rows of GoRules ZEN that need no input. */
export function zenVectors(): readonly Vector[] {
  return textOf('zen/standard.csv')
    .split('\n')
    .map((row) => row.split(';').map((cell) => cell.trim()))
    .flatMap(([expression, input, is, ...more]) =>
      expression && input === '' && is && more.length === 0 ? [{ expression, is }] : [],
    );
}

function textOf(file: string): string {
  return vectorsAreHere ? readFileSync(path.join(folder, file), 'utf8') : '';
}

/** Each element with the text in it, and the name of the decision around it. */
function forEachText(xml: string, see: (element: string, text: string, decision: string) => void): void {
  if (xml === '') return;
  const parser = new SaxesParser();
  let [text, decision] = ['', ''];
  parser.on('opentag', ({ name, attributes }) => {
    text = '';
    if (name === 'decision' || name === 'resultNode') decision = attributes['name']!;
  });
  parser.on('text', (more) => {
    text += more;
  });
  parser.on('closetag', ({ name }) => {
    see(name, text.trim(), decision);
    text = '';
  });
  parser.write(xml).close();
}
