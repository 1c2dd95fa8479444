import type { Diagnostic } from '#engine';

import type { RuleCount } from '../worker/protocol.ts';
import { monaco } from './setup.ts';
import { lensWords, toMarker, toRange } from './to-monaco.ts';

/** What the providers know of the files; the editor puts new answers in as they come. */
export interface Knowledge {
  readonly diagnostics: readonly Diagnostic[];
  readonly rules: readonly RuleCount[];
}

const markerOwner = 'proviso';
const lensesChanged = new monaco.Emitter<monaco.languages.CodeLensProvider>();
let knowledge: Knowledge = { diagnostics: [], rules: [] };
let onRule: (rule: string) => void = () => undefined;

/** Shows problems and counts in every open file. */
export function setKnowledge(next: Knowledge): void {
  const before = knowledge;
  knowledge = next;
  if (next.diagnostics !== before.diagnostics)
    for (const model of monaco.editor.getModels()) markModel(model);
  if (next.rules !== before.rules) lensesChanged.fire(lensProvider);
}

export function markModel(model: monaco.editor.ITextModel): void {
  const path = pathOf(model.uri);
  const own = knowledge.diagnostics.filter(({ place }) => place.path === path);
  monaco.editor.setModelMarkers(model, markerOwner, own.map(toMarker));
}

export function onRuleChosen(listener: (rule: string) => void): void {
  onRule = listener;
}

export function uriOf(path: string): monaco.Uri {
  return monaco.Uri.from({ scheme: 'file', path: `/${path}` });
}

export function pathOf(uri: monaco.Uri): string {
  return uri.path.slice(1);
}

const ruleCommand = 'proviso.showRule';
monaco.editor.registerCommand(ruleCommand, (_, rule: string) => onRule(rule));

/** Above each rule: how the saved encounters come out; choosing it shows them. */
const lensProvider: monaco.languages.CodeLensProvider = {
  onDidChange: lensesChanged.event,
  provideCodeLenses(model) {
    const path = pathOf(model.uri);
    const lenses = knowledge.rules
      .filter((count) => count.path === path && count.line <= model.getLineCount())
      .map((count) => ({
        range: { startLineNumber: count.line, startColumn: 1, endLineNumber: count.line, endColumn: 1 },
        command: { id: ruleCommand, title: lensWords(count), arguments: [count.rule] },
      }));
    return { lenses, dispose: () => undefined };
  },
};
monaco.languages.registerCodeLensProvider('yaml', lensProvider);

/** The one likely correction of a problem, where there is one. */
monaco.languages.registerCodeActionProvider('yaml', {
  provideCodeActions(model, range, context) {
    const path = pathOf(model.uri);
    const mended = knowledge.diagnostics.filter(
      ({ place, fix }) =>
        fix && place.path === path && monaco.Range.areIntersectingOrTouching(toRange(place), range),
    );
    const actions = mended.map(({ place, code, fix }): monaco.languages.CodeAction => {
      const textEdit = { range: toRange(place), text: fix!.text };
      return {
        title: fix!.title,
        kind: 'quickfix',
        isPreferred: true,
        diagnostics: context.markers.filter((marker) => marker.code === code),
        edit: { edits: [{ resource: model.uri, versionId: model.getVersionId(), textEdit }] },
      };
    });
    return { actions, dispose: () => undefined };
  },
});

monaco.languages.setLanguageConfiguration('yaml', {
  comments: { lineComment: '#' },
  brackets: [
    ['{', '}'],
    ['[', ']'],
  ],
  autoClosingPairs: [
    { open: '{', close: '}' },
    { open: '[', close: ']' },
    { open: '"', close: '"' },
  ],
  onEnterRules: [
    // After the first key of a list entry the next key stands below it.
    {
      beforeText: /^\s*-\s+[\w.$-]+:\s*\S.*$/,
      action: { indentAction: monaco.languages.IndentAction.None, appendText: '  ' },
    },
    {
      beforeText: /^\s*(?:-\s+)?[\w.$-]+:\s*$/,
      action: { indentAction: monaco.languages.IndentAction.Indent },
    },
  ],
});
