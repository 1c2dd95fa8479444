/** The title a file gives itself; until it has one, its name. */
export function titleIn(file: { readonly path: string; readonly text: string }): string {
  const written = /^title:[ \t]*(.+?)[ \t]*$/m.exec(file.text)?.[1];
  const title = written?.replace(/^(["'])(.*)\1$/, '$2');
  return title && title !== '' ? title : nameOf(file.path);
}

function nameOf(path: string): string {
  const [name = path] = path.slice(path.lastIndexOf('/') + 1).split('.');
  return name;
}
