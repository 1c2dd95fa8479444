import type { PlainField } from '../../intermediate/form.ts';
import { literal } from './write-test.ts';

/** The fields that the policies read, as the boundary knows them. */
export function writeFields(fields: readonly PlainField[]): string {
  const rows = fields.map(({ path, section, scalar, list, places, absentMeansNone }) => {
    const key = path.slice(path.indexOf('.') + 1);
    return `  { path: ${literal(path)}, section: '${section}', key: ${literal(key)}, scalar: '${scalar}', list: ${list}, places: ${places}, absentMeansNone: ${absentMeansNone} },`;
  });
  return `const fields = [\n${rows.join('\n')}\n];`;
}

/** The boundary: a document is taken whole or refused with every place that is wrong. */
export const inputCode = String.raw`const optionalSections = ['note', 'patient', 'provider', 'plan', 'episode'];

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isBlank(value) {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/** The number of a day, or null where the text is none from 1900 to 2199. */
function dayNumber(text) {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < 1900 || year > 2199 || month < 1 || month > 12) return null;
  const milliseconds = Date.UTC(year, month - 1, day);
  return new Date(milliseconds).getUTCDate() === day ? milliseconds / 86400000 : null;
}

function dayText(number) {
  return new Date(number * 86400000).toISOString().slice(0, 10);
}

function readScalar(value, { scalar, places }, at, problems) {
  if (isBlank(value)) return null;
  const refuse = (problem) => {
    problems.push({ at, problem });
    return null;
  };
  if (scalar === 'text') return typeof value === 'string' ? value : refuse('must be text, in quotes');
  if (scalar === 'boolean') return typeof value === 'boolean' ? value : refuse('must be true or false');
  if (scalar === 'date')
    return typeof value === 'string' && dayNumber(value) !== null
      ? value
      : refuse('must be a day as YYYY-MM-DD');
  if (typeof value !== 'number' || !Number.isFinite(value)) return refuse('must be a number, without quotes');
  if (value === Number(value.toFixed(places))) return value;
  return refuse(places === 0 ? 'must be a whole number' : 'must have at most ' + places + ' decimal places');
}

const plurals = { text: 'texts', number: 'numbers', date: 'days', boolean: 'true and false' };

function readValue(value, field, at, problems) {
  if (!field.list) return readScalar(value, field, at, problems);
  if (value === undefined || value === null) return field.absentMeansNone ? [] : null;
  if (!Array.isArray(value)) {
    problems.push({ at, problem: 'must be a list of ' + plurals[field.scalar] });
    return null;
  }
  const items = value.map((item, index) => readScalar(item, field, at + '[' + index + ']', problems));
  if (items.includes(null) && items.every((item, index) => item !== null || isBlank(value[index])))
    problems.push({ at, problem: 'must not hold empty values' });
  return items.length === 0 && !field.absentMeansNone ? null : items;
}

/** Values by path: no entry = never supplied, null = empty. */
function read(document) {
  const problems = [];
  if (!isObject(document)) return { problems: [{ at: '', problem: 'must be an object' }] };
  const section = (value, name, at, into) => {
    const values = value === null ? {} : value;
    if (!isObject(values)) {
      problems.push({ at, problem: 'must be an object' });
      return;
    }
    for (const field of fields) {
      if (field.section !== name) continue;
      const own = Object.hasOwn(values, field.key) ? values[field.key] : null;
      into[field.path] = readValue(own, field, at + '.' + field.key, problems);
    }
  };
  const list = (value, at) => {
    if (Array.isArray(value)) return value;
    problems.push({ at, problem: 'must be a list' });
    return [];
  };
  const visit = {};
  section(document.visit ?? null, 'visit', 'visit', visit);
  for (const name of optionalSections)
    if (document[name] !== undefined) section(document[name], name, name, visit);
  const lines = list(document.lines, 'lines').map((line, index) => {
    const values = {};
    const at = 'lines[' + index + ']';
    section(line, 'line', at, values);
    if (isObject(line) && line.record !== undefined) section(line.record, 'record', at + '.record', values);
    if (values['line.code'] === null) problems.push({ at: at + '.code', problem: 'must be there' });
    return values;
  });
  if (Array.isArray(document.lines) && lines.length === 0)
    problems.push({ at: 'lines', problem: 'must hold at least one line' });
  const prior =
    document.priorVisits === undefined
      ? null
      : list(document.priorVisits ?? [], 'priorVisits').map((item, index) => {
          const values = {};
          section(item, 'priorVisits', 'priorVisits[' + index + ']', values);
          return values;
        });
  for (const path of ['visit.date', 'visit.payer'])
    if (visit[path] === null) problems.push({ at: path, problem: 'must be there' });
  return { visit, lines, prior, problems };
}`;
