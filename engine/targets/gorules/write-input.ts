import type { PlainProgram } from '../../intermediate/form.ts';
import { nameOf, sectionsRead, suppliedName } from '../write-plain-test.ts';
import { rows } from './rows.ts';

/** Reads an encounter: one flat name for each fact, days as day numbers, null where nothing is, and what was supplied at all. */
export function readFunction(program: PlainProgram): string {
  const sections = sectionsRead(program);
  const fields = program.fields.map(({ path, section, owner, scalar, list, absentMeansNone }) => ({
    name: nameOf(path),
    key: path.slice(path.indexOf('.') + 1),
    section,
    owner,
    isDay: scalar === 'date',
    list,
    none: absentMeansNone,
  }));
  return `// Reads an encounter: one flat name for each fact, days as numbers since 1970-01-01, null where there is no value.
const fields = ${rows(fields)};
const sections = ${JSON.stringify(sections.map((section) => ({ section, name: suppliedName(section) })))};

const isBlank = (value) => value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
const dayNumber = (day) => Date.parse(day + 'T00:00:00Z') / 86400000;

function valueOf(values, field) {
  const value = Object.hasOwn(values, field.key) ? values[field.key] : null;
  if (field.list) {
    if (value === null || value === undefined || (value.length === 0 && !field.none)) return field.none ? [] : null;
    return value.map((one) => (field.isDay ? dayNumber(one) : one));
  }
  if (isBlank(value)) return null;
  return field.isDay ? dayNumber(value) : value;
}

// A section that is left out was never supplied; one that is null is there, and empty.
function read(owner, sectionOf) {
  const found = {};
  for (const field of fields) {
    if (field.owner !== owner) continue;
    const values = sectionOf(field.section);
    found[field.name] = values === undefined ? null : valueOf(values ?? {}, field);
  }
  return found;
}

export const handler = async (input) => {
  const encounter = read('visit', (section) => (section === 'visit' ? (input.visit ?? {}) : input[section]));
  for (const { section, name } of sections) if (section !== 'record') encounter[name] = input[section] !== undefined;
  return {
    encounter,
    lines: input.lines.map((line, at) => ({
      position: at + 1,
      record_supplied: line.record !== undefined,
      ...read('line', (section) => (section === 'record' ? line.record : line)),
    })),
    priorVisits: (input.priorVisits ?? []).map((visit, at) => ({ position: at + 1, ...read('prior', () => visit) })),
  };
};
`;
}
