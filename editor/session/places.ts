import type { FileKind } from '#engine';
import { fileKind } from '#engine';

/** The names of everything that can be shown; what each is stands in the lists under `panels/`. */

/** Pages of the rail at the left. */
export const pageIds = [
  'policies',
  'encounters',
  'lists',
  'sources',
  'timeline',
  'changes',
  'releases',
  'exports',
] as const;
export type PageId = (typeof pageIds)[number];

/** Ways to look at the open file. */
export const viewIds = ['text', 'form', 'words', 'clauses', 'changes'] as const;
export type ViewId = (typeof viewIds)[number];

/** Tabs below the open file. */
export const dockIds = ['problems', 'suites', 'source'] as const;
export type DockId = (typeof dockIds)[number];

export const dialogIds = [
  'palette',
  'keys',
  'settings',
  'tour',
  'share',
  'export',
  'new-encounter',
  'new-revision',
  'what-if',
  'save-case',
  'about-problem',
  'approve',
  'publish',
  'notice',
  'impact',
] as const;
export type DialogId = (typeof dialogIds)[number];

const pages = {
  policy: 'policies',
  vocabulary: 'policies',
  settings: 'policies',
  suite: 'encounters',
  encounter: 'encounters',
  list: 'lists',
  source: 'sources',
} as const satisfies Record<FileKind, PageId>;

/** Pages that are another look at the policies. */
const looks = ['timeline', 'changes', 'releases', 'exports'] as const satisfies readonly PageId[];
type LookId = (typeof looks)[number];
export type FilesPageId = Exclude<PageId, LookId>;

/** Whose files stand below a page. */
export function filesOf(page: PageId): FilesPageId {
  return isLook(page) ? 'policies' : page;
}

function isLook(page: PageId): page is LookId {
  return (looks as readonly PageId[]).includes(page);
}

/** The page on which a file stands. */
export function pageOf(path: string): FilesPageId {
  const kind = fileKind(path);
  return kind === null ? 'policies' : pages[kind];
}

/** The three columns. Where there is no room for all, one is shown at a time. */
export const columnIds = ['files', 'document', 'encounters'] as const;
export type ColumnId = (typeof columnIds)[number];
