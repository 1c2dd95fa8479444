import { monaco } from './setup.ts';

/** Files of the workspace as Monaco names them, and back. */

export function uriOf(path: string): monaco.Uri {
  return monaco.Uri.from({ scheme: 'file', path: `/${path}` });
}

export function pathOf(uri: monaco.Uri): string {
  return uri.path.slice(1);
}

/** Offsets into a text as a range of its model. */
export function rangeAt(
  model: monaco.editor.ITextModel,
  { from, to }: { readonly from: number; readonly to: number },
): monaco.Range {
  return monaco.Range.fromPositions(model.getPositionAt(from), model.getPositionAt(to));
}
