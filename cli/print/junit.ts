import type { CaseResult, Diagnostic, SuiteReport } from '#engine';
import { bySuite } from './by-suite.ts';

/** JUnit's XML, as CI systems read it. Errors in the files come as a suite of their own, so that no CI can miss them. */
export function junitText(results: SuiteReport, errors: readonly Diagnostic[]): string {
  const suites = bySuite(results.cases).map(([suite, cases]) => suiteElement(suite, cases));
  if (errors.length > 0) suites.push(errorsElement(errors));
  const counts = {
    tests: results.cases.length + errors.length,
    failures: results.failed,
    errors: results.errored + errors.length,
    skipped: results.skipped,
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', { name: 'proviso', ...counts }, suites, '')}\n`;
}

function suiteElement(suite: string, cases: readonly CaseResult[]): string {
  const count = (outcome: CaseResult['outcome']) =>
    cases.filter((result) => result.outcome === outcome).length;
  const counts = {
    tests: cases.length,
    failures: count('failed'),
    errors: count('errored'),
    skipped: count('skipped'),
  };
  return element('testsuite', { name: suite, ...counts }, cases.map(caseElement), '  ');
}

function caseElement({ suite, id, title, path, place, outcome, reason, differences }: CaseResult): string {
  const details = differences.map(
    ({ at, expected, actual }) => `${at}: expected ${expected}, actual ${actual}`,
  );
  const message = reason ?? details[0] ?? '';
  const body = [...(reason === null ? [] : [reason]), ...details].join('\n');
  const inner = {
    passed: [],
    failed: [textElement('failure', { message }, body)],
    errored: [textElement('error', { message }, body)],
    skipped: [element('skipped', { message }, [], '      ')],
  }[outcome];
  const name = title === id ? id : `${id}: ${title}`;
  return element('testcase', { classname: suite, name, file: path, line: place.line }, inner, '    ');
}

function errorsElement(errors: readonly Diagnostic[]): string {
  const cases = errors.map(({ place, code, message, help }) =>
    element(
      'testcase',
      {
        classname: 'check',
        name: `${place.path}:${place.line}:${place.column} ${code}`,
        file: place.path,
        line: place.line,
      },
      [textElement('error', { message }, `${message}\n${help}`)],
      '    ',
    ),
  );
  return element(
    'testsuite',
    { name: 'check', tests: errors.length, failures: 0, errors: errors.length, skipped: 0 },
    cases,
    '  ',
  );
}

type Attributes = Readonly<Record<string, string | number>>;

function element(name: string, attributes: Attributes, children: readonly string[], indent: string): string {
  const open = `${indent}<${name}${attributesText(attributes)}`;
  return children.length === 0 ? `${open}/>` : `${open}>\n${children.join('\n')}\n${indent}</${name}>`;
}

function textElement(name: string, attributes: Attributes, text: string): string {
  return `      <${name}${attributesText(attributes)}>${escape(text)}</${name}>`;
}

function attributesText(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escape(String(value)).replace(/\n/g, '&#10;')}"`)
    .join('');
}

/** XML 1.0 has no way to write most control characters or halves of characters, so they become U+FFFD. */
function escape(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}
