import path from 'node:path';
import { allTargets } from '#engine';
import type { KitLine } from '#engine';
import { converse } from './conversation.ts';
import type { NotHere } from './engine.ts';
import { classPathOf, javaFolder } from './java-libraries.ts';
import type { Proven } from './prove.ts';

const version = '7.6.1';
const libraries = {
  title: 'the FHIR validator',
  name: `hapi-${version}`,
  list: 'validate-pom.xml',
  file: `hapi-fhir-validation-${version}.jar`,
};

/** What HAPI, the reference library of FHIR in Java, finds wrong with resources. */
export interface FhirProblems {
  readonly resources: number;
  /** With the path of the resource: types, cardinalities, codes and invariants of R4. */
  readonly problems: readonly string[];
}

/**
 * The FHIR package of an export, resource by resource. `npm test` asks a smaller validator the same, which does not look at the
 * types of primitives and at invariants.
 */
export async function validateFhirPackage(
  { name, program, workspace }: Proven,
  kit: readonly KitLine[],
): Promise<FhirProblems | NotHere> {
  const classPath = await classPathOf(libraries);
  if (typeof classPath !== 'string') return classPath;
  const cql = allTargets.find(({ id }) => id === 'cql')!;
  const { files } = cql.write({ program, workspace, name, kit });
  return problemsOf(
    classPath,
    files.filter((file) => /^package\/(.*\/)?[A-Z][^/]*\.json$/.test(file.path)),
  );
}

async function problemsOf(
  classPath: string,
  resources: readonly { readonly path: string; readonly text: string }[],
): Promise<FhirProblems> {
  const { ask, end } = converse('Java', 'java', ['-cp', classPath, path.join(javaFolder, 'Validate.java')]);
  try {
    const problems: string[] = [];
    for (const { path: at, text } of resources) {
      const found = (await ask({ validate: text })).problems as readonly string[];
      problems.push(...found.filter((one) => !isAdvice(one)).map((one) => `${at}: ${one}`));
    }
    return { resources: resources.length, problems };
  } finally {
    await end();
  }
}

/** That a resource should have a text for people is a recommendation of FHIR; the policy manual is that text. */
function isAdvice(problem: string): boolean {
  return problem.startsWith('warning') && problem.includes('dom-6');
}
