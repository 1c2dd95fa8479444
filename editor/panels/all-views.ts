import type { ComponentType } from 'react';
import { lazy } from 'react';

import type { FileKind } from '#engine';
import { fileKind } from '#engine';

import type { ViewId } from '../session/places.ts';
import { filePart, wholeFile } from './part.tsx';
import type { FilePartProps } from './part.tsx';
import { WordsPanel } from './words/WordsPanel.tsx';

/** One way to look at the open file. */
export interface View {
  readonly id: ViewId;
  readonly title: string;
  readonly fits: (kind: FileKind | null) => boolean;
  readonly Panel: ComponentType<FilePartProps>;
  /** Stays in the page while another view is shown: its undo and its place in the text must survive. */
  readonly lasting?: boolean;
}

// The editor is most of what there is to load: the frame is painted before it.
const TextView = lazy(() => import('../monaco/TextView.tsx'));
const FormView = lazy(() => import('./form/FormView.tsx'));
const EncounterFormView = lazy(() => import('./encounters/EncounterFormView.tsx'));
const SourceView = lazy(async () => ({ default: (await import('./sources/SourceView.tsx')).SourceView }));
const ChangesView = lazy(() => import('../monaco/ChangesView.tsx'));

/** In the order of the tabs. */
export const allViews: readonly View[] = [
  {
    id: 'text',
    title: 'YAML',
    fits: () => true,
    Panel: filePart(TextView, ({ files, judged, why, chosenCase, settings, jump }, path) => [
      files.get(path),
      judged && [judged.diagnostics, judged.rules],
      [why, chosenCase, settings.textSize, jump],
    ]),
    lasting: true,
  },
  {
    id: 'form',
    title: 'Form',
    fits: (kind) => kind === 'policy' || kind === 'list',
    Panel: filePart(FormView, ({ files, judged, why, chosenCase }, path) => [
      files.get(path),
      judged && [judged.diagnostics, judged.rules],
      [why, chosenCase],
    ]),
  },
  {
    id: 'form',
    title: 'Form',
    fits: (kind) => kind === 'encounter',
    Panel: filePart(EncounterFormView, ({ files }, path) => files.get(path)?.text),
  },
  {
    id: 'words',
    title: 'In words',
    fits: (kind) => kind === 'policy',
    Panel: filePart(WordsPanel, ({ files, judged, chosenCase }, path) => [
      files.get(path)?.text,
      judged?.cases.find(({ key }) => key === chosenCase),
    ]),
  },
  {
    id: 'clauses',
    title: 'Clause by clause',
    fits: (kind) => kind === 'source',
    Panel: filePart(SourceView, ({ files, judged, clause }, path) => [
      files.get(path)?.text,
      judged && [judged.rules, judged.policies],
      clause,
    ]),
  },
  { id: 'changes', title: 'Changes', fits: () => true, Panel: wholeFile(ChangesView) },
];

/** The views of a file, and the one that is shown: the one asked for, or its text where that does not fit. */
export function viewsOf(
  path: string,
  asked: ViewId,
): { readonly views: readonly View[]; readonly shown: View } {
  const kind = fileKind(path);
  const views = allViews.filter((view) => view.fits(kind));
  return { views, shown: views.find((view) => view.id === asked) ?? views[0]! };
}
