import { decideCode } from '../javascript/write-decide.ts';
import { inputCode } from '../javascript/write-input.ts';
import { unitsCode } from '../javascript/write-units.ts';

/** The module beside the rules. It is the same for all policies: what they say is in the rules. */
export function writeModule(): string {
  return `// Written by Proviso. Runs the rules of rules.json with json-rules-engine.
//
//   import { judge } from './facts.mjs';
//   await judge(encounter) gives { decision, lines, visit }, or { refused } where the encounter cannot be judged.
//
// undefined is what was never supplied, null what is empty.

${importing('readFileSync', 'node:fs')}
${importing('Engine', 'json-rules-engine')}

const { semantics, fields, lists: named, policies } = JSON.parse(
  readFileSync(new URL('./rules.json', import.meta.url), 'utf8'),
);

/** The meaning of the rules, as the makers of Proviso number it. */
export { semantics };

${runCode}

${decideCode}

${unitsCode}

${inputCode}
`;
}

const importing = (name: string, from: string) => `import { ${name} } from '${from}';`;

const runCode = String.raw`/** The run before. Two runs of one engine that overlap lose rules without a word, so each waits for the one before it. */
let last = Promise.resolve();

/** What the policies say of one encounter. */
export function judge(document) {
  const { visit, lines, prior, problems } = read(document);
  if (problems.length > 0) return Promise.resolve({ refused: problems });
  const answer = last.then(async () => {
    const judged = [];
    for (const period of periodsInForce(visit)) judged.push(await judgePeriod(period, visit, lines, prior));
    return answerOf(judged, lines);
  });
  last = answer.catch(() => {});
  return answer;
}

async function judgePeriod(period, visit, billed, prior) {
  const timed = applyTimeRule(period.timeRule, billed);
  const lines = billed.map((line, index) => ({ ...line, 'record.supportableUnits': timed.units[index] }));
  const figures = { ...timed.figures };
  for (const figure of period.figures) {
    const items = figure.over === 'lines' ? lines : prior;
    figures[figure.name] = await countFigure(figure, { ...visit, ...timed.figures }, items);
  }
  const whole = { ...visit, ...figures };
  const judged = [];
  for (const [index, line] of lines.entries()) {
    const others = lines.filter((other) => other !== line);
    judged.push(await ask(period.line, { ...whole, ...line, line: index + 1 }, others));
  }
  return {
    units: timed.units,
    lines: judged,
    visit: await ask(period.visit, { ...whole, line: null }, lines),
  };
}

/** The outcome of each rule for a line, or for the visit. */
async function ask({ outcomes, others, rules }, facts, otherLines) {
  const all = { ...facts };
  for (const { fact, take, rules: asked } of others) {
    const holds = [];
    for (const other of otherLines) holds.push((await run(asked, { ...facts, ...asOther(other) })).length > 0);
    all[fact] = take === 'some' ? holds.includes(true) : !holds.includes(false);
  }
  const found = new Map((await run(rules, all)).map(({ type, params }) => [params.rule, type]));
  return outcomes.map((rule) => ({ rule, outcome: found.get(rule.id) ?? 'undetermined' }));
}

function asOther(line) {
  return Object.fromEntries(Object.entries(line).map(([path, value]) => ['other:' + path, value]));
}

async function countFigure({ calculation, value, rules }, facts, items) {
  const said = new Map();
  if (rules !== null)
    for (const item of items ?? [])
      said.set(item, (await run(rules, { ...facts, ...item })).map(({ type }) => type));
  return figureOf(
    {
      calculation,
      value: value === null ? null : (_, item) => ({ ...facts, ...item })[value],
      counts: (_, item) => rules === null || said.get(item).includes('counted'),
      isLeftOut: (_, item) => rules !== null && said.get(item).includes('left-out'),
    },
    facts,
    items,
    facts,
  );
}

const engines = new Map();

/** The events of the rules that hold. */
function run(rules, facts) {
  if (rules.length === 0) return [];
  let engine = engines.get(rules);
  if (!engine) engines.set(rules, (engine = createEngine(rules)));
  return engine(facts);
}

function createEngine(rules) {
  let facts = {};
  const engine = new Engine([], {
    replaceFactsInEventParams: true,
    // No rule has a path, and a path could carry code.
    pathResolver: (_, path) => {
      throw new Error('rules may not have a path: ' + path);
    },
  });
  for (const [name, holds] of Object.entries(operators)) engine.addOperator(name, holds);
  for (const name of factsIn(rules)) {
    const compute = computed[name];
    const read = compute
      ? (params) => compute(params, facts)
      : Object.hasOwn(named, name)
        ? () => named[name]
        : () => facts[name];
    engine.addFact(name, read, { cache: false });
  }
  // The engine changes what it is given, so it is given a copy.
  for (const rule of structuredClone(rules)) engine.addRule(rule);
  return async (given) => {
    facts = given;
    return (await engine.run()).events;
  };
}

function factsIn(part, found = new Set()) {
  if (typeof part !== 'object' || part === null) return found;
  if (typeof part.fact === 'string') found.add(part.fact);
  for (const inner of Object.values(part)) factsIn(inner, found);
  return found;
}

/** Facts that are made of others. */
const computed = {
  always: () => true,
  sum: ({ of, plus }, facts) => (has(facts[of]) ? add(facts[of], plus) : null),
  dayAfter: ({ of, days }, facts) => (has(facts[of]) ? addDays(facts[of], days) : null),
  span: ({ of, plus, days }, facts) => (has(facts[of]) ? [addDays(facts[of], plus), days] : null),
  columnOnes: ({ pairs, columnTwo }, facts) =>
    named[pairs].flatMap(([one, two]) => (two === facts[columnTwo] ? [one] : [])),
};

/** The operators that the engine lacks: false where a side is not what they compare. */
const operators = {
  isKnown: (value) => value !== undefined,
  isEmpty: (value) => value === null,
  isFilled: (value) => has(value),
  containsAny: (list, wanted) => areLists(list, wanted) && wanted.some((one) => list.includes(one)),
  containsAll: (list, wanted) => areLists(list, wanted) && wanted.every((one) => list.includes(one)),
  sizeAtLeast: (list, size) => Array.isArray(list) && has(size) && list.length >= size,
  sizeAtMost: (list, size) => Array.isArray(list) && has(size) && list.length <= size,
  startsWith: (text, beginning) =>
    typeof text === 'string' && typeof beginning === 'string' && text.startsWith(beginning),
  withinDaysOf: (day, span) => has(day) && Array.isArray(span) && daysBetween(day, span[0]) <= span[1],
};

function areLists(one, two) {
  return Array.isArray(one) && Array.isArray(two);
}`;
