import { providers } from './all-providers.ts';
import { pathOf } from './places.ts';
import type { Host, Knowledge } from './providers/provider.ts';
import { monaco } from './setup.ts';
import { toMarker } from './to-monaco.ts';

const markerOwner = 'proviso';
const knowledgeChanged = new monaco.Emitter<Knowledge>();
let knowledge: Knowledge = { diagnostics: [], rules: [] };
/** Who answers the providers: Monaco knows them once, and the workbench is made before the first editor is. */
let listener: Pick<Host, 'ask' | 'showRule'> | null = null;

const host: Host = {
  knowledge: () => knowledge,
  onKnowledge: knowledgeChanged.event,
  ask: (name, params) => listener?.ask(name, params) ?? Promise.reject(new Error('no workbench is open')),
  showRule: (rule) => listener?.showRule(rule),
};
for (const provider of providers) provider.register(host);

/** Shows problems and counts in every open file. */
export function setKnowledge(next: Knowledge): void {
  const before = knowledge;
  knowledge = next;
  if (next.diagnostics !== before.diagnostics)
    for (const model of monaco.editor.getModels()) markModel(model);
  knowledgeChanged.fire(next);
}

export function markModel(model: monaco.editor.ITextModel): void {
  const path = pathOf(model.uri);
  const own = knowledge.diagnostics.filter(({ place }) => place.path === path);
  monaco.editor.setModelMarkers(model, markerOwner, own.map(toMarker));
}

export function setListener(next: Pick<Host, 'ask' | 'showRule'>): void {
  listener = next;
}

/** An editor with everything that our files need. */
export function attachProviders(editor: monaco.editor.IStandaloneCodeEditor): void {
  for (const { attach } of providers) attach?.(editor);
}
