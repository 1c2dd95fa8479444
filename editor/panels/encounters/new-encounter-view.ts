import type { TemplateRow } from '../../worker/queries/encounter-templates.ts';

export interface TemplateGroup {
  readonly title: string;
  readonly templates: readonly TemplateRow[];
}

/** What a new encounter can begin with: the plain ones, then saved encounters, those of the wanted payer first. */
export function templateGroups(
  templates: readonly TemplateRow[],
  payer: string | null,
): readonly TemplateGroup[] {
  const saved = templates.filter((template) => template.payer !== null);
  return [
    { title: 'A plain one', templates: templates.filter((template) => template.payer === null) },
    {
      title: payer === null ? 'Like a saved encounter' : 'Like a saved encounter of this payer',
      templates: saved.filter((template) => payer === null || template.payer === payer),
    },
    {
      title: 'Like a saved encounter of another payer',
      templates: payer === null ? [] : saved.filter((template) => template.payer !== payer),
    },
  ].filter((group) => group.templates.length > 0);
}
