import type { Place } from '../base/source.ts';
import { createSource, placeOf } from '../base/source.ts';
import { createReporter } from '../diagnostics/diagnostic.ts';
import type { YamlNode, YamlScalar } from '../yaml/parse-yaml.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';

/**
 * What in an encounter or case looks as if it could name a person, before it is given away.
 *
 * A look at words and figures, not at meaning: it sees names by their capitals, numbers by their length, dates of birth
 * by the word beside them, and any sentence as free text, in which everything may stand.
 * It finds too much rather than too little, and yet not everything: a surname alone in small letters passes.
 * The kinds follow the identifiers of 45 CFR 164.514(b)(2)(i), as far as a text can show them.
 */
export const personalKinds = [
  'social-security-number',
  'member-id',
  'date-of-birth',
  'e-mail',
  'telephone',
  'address',
  'name',
  'old-age',
  'date',
  'free-text',
] as const;
export type PersonalKind = (typeof personalKinds)[number];

export interface PersonalFinding {
  readonly kind: PersonalKind;
  /** The key it stands under: `lines[0].record.rationale`. */
  readonly at: string;
  readonly text: string;
  readonly place: Place;
}

/** Everything suspicious in one file, in the order of the text; a value is told once, as the gravest that it looks like. */
export function lookForPersonalData(path: string, text: string): readonly PersonalFinding[] {
  const source = createSource(path, text);
  const root = parseYaml(source, createReporter(source));
  return (root ? leavesOf(root, '') : []).flatMap(({ key, node }) => {
    const kind = kindOf(key, node.text);
    if (kind === null) return [];
    return [{ kind, at: node.yamlPath, text: node.text, place: placeOf(source, node.span, node.yamlPath) }];
  });
}

interface Leaf {
  /** The last word of the key, in small letters; an item of a list has that of its list. */
  readonly key: string;
  readonly node: YamlScalar;
}

function leavesOf(node: YamlNode, key: string): readonly Leaf[] {
  switch (node.kind) {
    case 'scalar':
      return [{ key, node }];
    case 'list':
      return node.items.flatMap((item) => leavesOf(item, key));
    case 'map':
      return node.entries.flatMap((entry) =>
        leavesOf(entry.value, entry.key.split('.').at(-1)!.toLowerCase()),
      );
  }
}

function kindOf(key: string, text: string): PersonalKind | null {
  return personalKinds.find((kind) => looksLike[kind](text, key)) ?? null;
}

const looksLike = {
  'social-security-number': (text, key) =>
    /ssn|socialsecurity/.test(key) || /\b\d{3}-\d{2}-\d{4}\b/.test(text),
  // Seven digits in a row, letters in front or not; or the eleven places of a Medicare Beneficiary Identifier (CMS).
  'member-id': (text, key) =>
    /member|subscriber|insured|beneficiary|mrn|medicalrecord|chartnumber|accountnumber|claimnumber/.test(
      key,
    ) ||
    /\b[A-Za-z]{0,4}-?\d{7,}\b/.test(text) ||
    /\b[1-9][A-Z][A-Z0-9]\d-?[A-Z][A-Z0-9]\d-?[A-Z]{2}\d{2}\b/i.test(text),
  'date-of-birth': (text, key) => /birth|^dob/.test(key) || /\b(?:born|birth|dob)\b/i.test(text),
  'e-mail': (text) => /[^\s@]@[^\s@]+\.[a-z]/i.test(text),
  telephone: (text, key) =>
    /phone|telephone|mobile|^fax/.test(key) || /(?:^|\D)\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?:\D|$)/.test(text),
  address: (text, key) =>
    /address|street|zip|postcode|^city$/.test(key) ||
    /\b\d+ (?:\p{L}+ ){1,3}(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|court|ct|boulevard|blvd)\b/iu.test(
      text,
    ),
  // Two words with capitals side by side (`Jane Q. Doe`, `Doe, Jane`), or a form of address.
  name: (text, key) =>
    /(?:^|first|last|full|given|family|patient)name$|surname/.test(key) ||
    /\b(?:Mr|Mrs|Ms|Miss|Dr)\.? \p{Lu}/u.test(text) ||
    /(?<!\p{L})\p{Lu}\p{Ll}+,? (?:\p{Lu}\.? )?\p{Lu}\p{Ll}+(?!\p{L})/u.test(text),
  // Ages over 89 identify, by the regulation above, (b)(2)(i)(C).
  'old-age': (text, key) => key === 'age' && Number(text) > 89,
  // A date of service has its own key; one inside a sentence may be anything.
  date: (text) =>
    /\D\d{4}-\d{2}-\d{2}|\d{4}-\d{2}-\d{2}\D|\b\d{1,2}[/.]\d{1,2}[/.](?:\d{2}|\d{4})\b/.test(text),
  'free-text': (text) => (text.length > 40 && /\s/.test(text)) || text.trim().split(/\s+/).length >= 4,
} as const satisfies Record<PersonalKind, (text: string, key: string) => boolean>;
