import type { Choices, EncounterForm, FactField, FormChange, FormSection } from '#engine';

/** How a field is filled in. */
export type FieldControl =
  | { readonly kind: 'text' | 'date' }
  | {
      readonly kind: 'number';
      readonly unit: string | null;
      readonly min: number | null;
      readonly max: number | null;
    }
  /** One of a few. */
  | { readonly kind: 'one-of'; readonly choices: readonly FieldChoice[] }
  /** Any of a few. */
  | { readonly kind: 'any-of'; readonly choices: readonly FieldChoice[] }
  /** Free text with suggestions. */
  | { readonly kind: 'code'; readonly choices: readonly FieldChoice[] }
  /** Several, separated by commas. */
  | { readonly kind: 'several' };

export interface FieldChoice {
  readonly id: string;
  readonly title: string;
  readonly detail?: string;
}

export function controlOf({ fact, label, value }: FactField, choices: Choices): FieldControl {
  const { scalar, list } = fact.type;
  if (list) {
    if (scalar !== 'choice') return { kind: 'several' };
    const written = Array.isArray(value) ? (value as readonly string[]) : [];
    const odd = written.filter((item) => !fact.values?.includes(item));
    return { kind: 'any-of', choices: [...(fact.values ?? []), ...odd].map(inWords) };
  }
  const withWritten = (known: readonly FieldChoice[]): readonly FieldChoice[] =>
    typeof value === 'string' && !known.some(({ id }) => id === value)
      ? [...known, { id: value, title: value }]
      : known;
  switch (scalar) {
    case 'number':
      return {
        kind: 'number',
        unit: unitToSay(label, fact.unit),
        min: fact.min ?? null,
        max: fact.max ?? null,
      };
    case 'date':
      return { kind: 'date' };
    case 'boolean':
      return {
        kind: 'one-of',
        choices: withWritten([
          { id: 'true', title: 'Yes' },
          { id: 'false', title: 'No' },
        ]),
      };
    case 'choice':
      return { kind: 'one-of', choices: withWritten((fact.values ?? []).map(inWords)) };
    case 'payer':
      return {
        kind: 'one-of',
        choices: withWritten(
          (choices.payer ?? []).map(({ value: id, words }) => ({
            id,
            title: words.split(',')[0] || id,
            detail: id,
          })),
        ),
      };
    case 'code':
      return {
        kind: 'code',
        choices: (choices.code ?? []).map(({ value: id, words }) => ({ id, title: id, detail: words })),
      };
    default:
      return { kind: 'text' };
  }
}

/** The unit of a number, where its label does not say it already. */
function unitToSay(label: string, unit: string | undefined): string | null {
  return unit === undefined || label.toLowerCase().includes(unit.replace(/s$/, '')) ? null : unit;
}

function inWords(id: string): FieldChoice {
  return { id, title: id === 'one-on-one' ? 'One-on-one' : capital(id.replaceAll('-', ' ')) };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What typing into a field does. Nothing in it means that it was not documented. */
export function changeOf(field: FactField, typed: string): FormChange {
  const { path, fact } = field;
  if (fact.type.list) {
    const items = typed.split(/[\s,]+/).filter(Boolean);
    return items.length === 0 ? { kind: 'clear', path } : { kind: 'set', path, value: items };
  }
  return typed.trim() === '' ? { kind: 'clear', path } : { kind: 'set', path, value: typed };
}

export function changeOfItems({ path }: FactField, items: readonly string[]): FormChange {
  return items.length === 0 ? { kind: 'clear', path } : { kind: 'set', path, value: items };
}

/** The text that stands in a field, as one types it. */
export function typedIn({ value }: FactField): string {
  return value === null ? '' : typeof value === 'string' ? value : value.join(', ');
}

/** What of a section is shown: everything where it is short, else what is filled in or wrong, and how much is hidden. */
export function shownFields(
  { fields }: FormSection,
  all: boolean,
): { readonly shown: readonly FactField[]; readonly hidden: number } {
  const most = 8;
  if (all || fields.length <= most) return { shown: fields, hidden: 0 };
  const shown = fields.filter(({ value, diagnostics }) => value !== null || diagnostics.length > 0);
  return { shown, hidden: fields.length - shown.length };
}

/** How it stands with a section, in words; null where its fields say it. */
export function supplyWords({ supplied, fields }: FormSection): string | null {
  if (!supplied) return 'Never supplied: rules that read it stay undecided.';
  return fields.some(({ value }) => value !== null)
    ? null
    : 'Supplied and empty: nothing of it was documented.';
}

/** What a field means, and where it stands on a claim. */
export function helpOf({ fact }: FactField): string {
  const { cms1500, x12 } = fact.forms;
  const box = cms1500 === '–' ? null : `Box ${cms1500} of the CMS-1500`;
  const loop = x12 === '–' ? null : `${x12} of the 837P`;
  const where = [box, loop].filter(Boolean).join(', ');
  return where === '' ? fact.meaning : `${fact.meaning} ${where}.`;
}

/** The heading of a line: `Line 1 · 97530 · 2 units`. */
export function lineTitle({ lines }: EncounterForm, index: number): string {
  const fields = lines[index]?.claim.fields ?? [];
  const of = (path: string) => fields.find(({ fact }) => fact.path === path)?.value ?? null;
  const units = of('line.units');
  return [
    `Line ${index + 1}`,
    of('line.code') ?? 'no code',
    ...(units === null ? [] : [`${String(units)} ${units === '1' ? 'unit' : 'units'}`]),
  ].join(' · ');
}
