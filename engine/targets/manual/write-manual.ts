import { escapeHtml } from '../../base/escape-html.ts';
import { count } from '../../base/words.ts';
import { decisions } from '../../evaluate/outcome.ts';
import type { Policy } from '../../model/policy.ts';
import { payerWords } from '../../words/policy-words.ts';
import { capital } from '../../words/runs.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { examplesOf } from './examples.ts';
import { anchor, badge, decisionSigns, link } from './html.ts';
import { style } from './style.ts';
import { policyAnchor, policyHtml, titleAmong } from './write-policy.ts';
import { codesHtml, listsHtml, sourcesHtml } from './write-references.ts';

/** The policies as one page for screen and paper: its own style, no script, nothing fetched. */
export function writeManual(policies: readonly Policy[], workspace: Workspace): string {
  const examples = examplesOf(policies, workspace);
  const groups = byPayer(policies, workspace);
  const parts = [
    ...groups.map(({ payers, members }) => ({
      id: anchor('payer', payers),
      title: payers,
      members,
      body: members.map((policy) => policyHtml(policy, examples(policy), workspace)),
    })),
    { id: 'lists', title: 'Lists', members: [], body: listsHtml(policies, workspace) },
    { id: 'sources', title: 'Sources', members: [], body: sourcesHtml(policies, workspace) },
    { id: 'codes', title: 'Index of codes', members: [], body: [codesHtml(policies, workspace)] },
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Policy manual</title>
<style>
${style}</style>
</head>
<body>
<a class="skip" href="#text">Go to the text</a>
<header>
<h1>Policy manual</h1>
<p>${count(new Set(policies.map(({ id }) => id)).size, 'policy', 'policies')}, by payer: what is asked, what happens otherwise, and where it is written.</p>
</header>
<nav aria-labelledby="contents">
<h2 id="contents">Contents</h2>
<ol>
<li class="unnumbered">${link('reading', 'How to read it')}</li>
${parts.map(({ id, title, members }) => `<li>${link(id, title)}${contentsOf(members)}</li>`).join('\n')}
</ol>
</nav>
<main id="text" tabindex="-1">
${readingHtml}
${parts.map(({ id, title, body }) => `<section class="part" aria-labelledby="${id}">\n<h2 id="${id}">${escapeHtml(title)}</h2>\n${body.join('\n')}\n</section>`).join('\n')}
</main>
</body>
</html>
`;
}

function contentsOf(members: readonly Policy[]): string {
  if (members.length === 0) return '';
  const items = members.map(
    (policy) => `<li>${link(policyAnchor(policy), titleAmong(policy, members))}</li>`,
  );
  return `\n<ol>${items.join('')}</ol>`;
}

/** Policies that are for the same payers stand together. */
function byPayer(
  policies: readonly Policy[],
  workspace: Workspace,
): readonly { readonly payers: string; readonly members: readonly Policy[] }[] {
  const groups = new Map<string, Policy[]>();
  for (const policy of policies) {
    const payers = capital(payerWords(policy.payers, workspace));
    groups.set(payers, [...(groups.get(payers) ?? []), policy]);
  }
  return [...groups].map(([payers, members]) => ({ payers, members }));
}

const readingHtml = `<section aria-labelledby="reading">
<h2 id="reading">How to read it</h2>
<p>A policy applies to the payers and dates of service that stand at its head. Beside each rule stands what becomes of a claim line, or of the visit, that does not meet it. Where several rules are not met, the gravest decision counts; this is their order:</p>
<dl class="decisions">
${decisions.map((decision) => `<dt>${badge(decision)}</dt><dd>${decisionSigns[decision].meaning}</dd>`).join('\n')}
</dl>
<p>What the record leaves empty was not documented. What was never sent is not known, and a rule that needs it waits for it.</p>
</section>`;
