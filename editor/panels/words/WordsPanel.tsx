import { Fragment, useMemo } from 'react';
import { Button as AriaButton, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';

import type { Phrase, Run, Sentence, WordsList } from '#engine';

import { outcomeWords } from '../../marks/words.ts';
import { OutcomeMark } from '../../marks/OutcomeMark.tsx';
import { useAnswer } from '../../session/use-answer.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ChevronIcon } from '../../ui/icons.tsx';
import { Scrolling } from '../../ui/Scrolling.tsx';
import type { FilePanelProps } from '../panel.ts';
import type { WordsParagraph } from './words-view.ts';
import { tipOf, wordsPage } from './words-view.ts';
import './words.css';

/** The open policy in plain sentences. A sentence leads to its place in the file; printed, only the words are left. */
export function WordsPanel({ session, workbench, file }: FilePanelProps) {
  const { chosenCase } = session;
  const answer = useAnswer(workbench, 'words', { path: file.path, caseKey: chosenCase }, session);
  const page = useMemo(() => answer && wordsPage(answer.words, answer.outcomes), [answer]);
  if (answer === undefined) return <EmptyState title="Putting it into words …" />;
  if (!page) {
    return (
      <EmptyState title="This file cannot be put into words yet.">
        <p>Mend what stands under Problems, and its sentences appear here.</p>
      </EmptyState>
    );
  }
  const on: Deeds = {
    jump: (place) => workbench.jump(place),
    clause: (source, clause) => workbench.showClause({ source, clause }),
  };
  return (
    <Scrolling className="words" focus label={`In words: ${page.title}`}>
      <header className="words-top">
        <h3>{page.title}</h3>
        <span className="spacer" />
        <Button onPress={() => print()}>Print</Button>
      </header>
      {page.summary === null ? null : (
        <p className="words-summary">In the chosen encounter: {page.summary}.</p>
      )}
      {page.sections.map((section) => (
        <section key={section.id} className={`words-section words-${section.id}`}>
          {section.title === null ? null : <h4>{section.title}</h4>}
          {section.paragraphs.map((paragraph) => (
            <Paragraph key={paragraph.key} paragraph={paragraph} {...on} />
          ))}
        </section>
      ))}
      {page.lists.length === 0 ? null : (
        <section className="words-section words-lists">
          <h4>Lists</h4>
          {page.lists.map((list) => (
            <ListPart key={list.id} list={list} />
          ))}
        </section>
      )}
    </Scrolling>
  );
}

interface Deeds {
  readonly jump: (place: Sentence['place']) => void;
  readonly clause: (source: string, clause: string) => void;
}

function Paragraph({ paragraph, ...on }: Deeds & { readonly paragraph: WordsParagraph }) {
  const { title, outcome, sentences } = paragraph;
  return (
    <div className="words-paragraph">
      {title === null ? null : (
        <h5>
          <span>{title}</span>
          {outcome === null ? null : (
            <span className={`words-outcome words-outcome-${outcome}`}>
              <OutcomeMark outcome={outcome} />
              {outcomeWords[outcome]}
            </span>
          )}
        </h5>
      )}
      {sentences.map((sentence, at) => (
        <SentencePart key={at} phrase={sentence} role={sentence.role} {...on} />
      ))}
    </div>
  );
}

/** A sentence is a button that leads to its place; a source is text with links to its clauses. */
function SentencePart({
  phrase,
  role,
  ...on
}: Deeds & { readonly phrase: Phrase; readonly role: Sentence['role'] }) {
  const { runs, items, place } = phrase;
  return (
    <div className={`words-sentence words-role-${role}`}>
      {role === 'source' ? (
        <p>
          {runs.map((run, at) =>
            run.kind === 'citation' ? (
              <AriaButton
                key={at}
                className="link words-cite"
                onPress={() => on.clause(run.source, run.clause)}
              >
                {run.text}
              </AriaButton>
            ) : (
              <Fragment key={at}>{run.text}</Fragment>
            ),
          )}
        </p>
      ) : (
        <AriaButton className="words-button" onPress={() => on.jump(place)}>
          {runs.map((run, at) => (
            <RunPart key={at} run={run} />
          ))}
        </AriaButton>
      )}
      {items.length === 0 ? null : (
        <ul className="words-items">
          {items.map((item, at) => (
            <li key={at}>
              <SentencePart phrase={item} role={role} {...on} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function RunPart({ run }: { readonly run: Run }) {
  if (run.kind === 'text') return run.text;
  return (
    <span className={`run run-${run.kind}`} title={tipOf(run) ?? undefined}>
      {run.text}
    </span>
  );
}

/** Folded on the screen; printed, every list stands there whole. */
function ListPart({ list }: { readonly list: WordsList }) {
  const { title, entries } = list;
  return (
    <Disclosure className="fold words-list">
      <Heading level={5} className="fold-head">
        <AriaButton slot="trigger" className="fold-button">
          <ChevronIcon />“{title}”<span className="fold-count">{entries.length}</span>
        </AriaButton>
      </Heading>
      <DisclosurePanel className="words-list-body">
        <table>
          <tbody>
            {entries.map(({ value, short, period }, at) => (
              <tr key={at}>
                <th scope="row">{value}</th>
                <td>{short}</td>
                <td>{period}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </DisclosurePanel>
    </Disclosure>
  );
}
