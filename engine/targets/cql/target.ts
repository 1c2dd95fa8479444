import { writeLibrary } from './write-library.ts';
import { writeRules } from './write-rules.ts';
import type { Target } from '../target.ts';

export const cql: Target = {
  id: 'cql',
  title: 'CQL and ELM, with a FHIR R4 package',
  audience: 'Payers and vendors who run clinical logic on FHIR servers.',
  decides: true,
  write: ({ program, name }) => {
    const library = writeLibrary(libraryName(name), program, writeRules(program));
    return {
      files: [
        { path: 'policy.cql', text: library.cql },
        { path: 'policy.elm.json', text: library.elm },
      ],
      refused: [],
      losses: [
        {
          what: 'Messages with the values of the claim in them do not come along; findings name the rule.',
          rule: null,
          place: null,
        },
      ],
    };
  },
};

/** A name that FHIR takes for a library too: no hyphens, and a capital first. */
function libraryName(name: string): string {
  return `Proviso_${name.replaceAll('-', '_')}`;
}
