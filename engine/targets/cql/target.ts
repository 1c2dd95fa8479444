import { writeLibrary } from './write-library.ts';
import { writeRules } from './write-rules.ts';
import { writePackage } from './write-package.ts';
import { noMessages } from '../target.ts';
import type { Target } from '../target.ts';

export const cql: Target = {
  id: 'cql',
  title: 'CQL and ELM, with a FHIR R4 package',
  audience: 'Payers and vendors who run clinical logic on FHIR servers.',
  decides: true,
  write: ({ program, name, kit }) => {
    const library = writeLibrary(libraryName(name), program, writeRules(program));
    return {
      files: [
        ...writePackage(name, library, program, kit),
        { path: 'policy.cql', text: library.cql },
        { path: 'policy.elm.json', text: library.elm },
      ],
      refused: [],
      losses: [
        {
          what: 'FHIR has no resource for the record of a claim, so the FHIR package takes the encounter as parameters and does not read claims of a FHIR server.',
          rule: null,
          place: null,
        },
        noMessages,
      ],
    };
  },
};

/** A name that FHIR takes for a library too: no hyphens, and a capital first. */
function libraryName(name: string): string {
  return `Proviso_${name.replaceAll('-', '_')}`;
}
