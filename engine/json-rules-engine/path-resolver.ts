const plainPath = /^\$\.([A-Za-z][A-Za-z0-9-]*)$/;

/** The name in `$.name`, or null for every other path. */
export function nameInPath(path: string): string | null {
  return plainPath.exec(path)?.[1] ?? null;
}

/**
 * Reads `$.name` of an object and nothing else.
 *
 * It takes the place of the engine's own resolver, which understands all of JSONPath, filters and scripts included, so
 * that whoever writes a rule's `path` could run code. A name that the object does not itself have is a mistake of ours:
 * every fact is always given to the engine, empty ones as null.
 */
export function resolvePath(value: object, path: string): unknown {
  const name = nameInPath(path);
  if (name === null) throw new Error(`the path ${JSON.stringify(path)} is not of the form $.name`);
  if (!Object.hasOwn(value, name)) throw new Error(`there is no fact at ${path}`);
  return (value as Record<string, unknown>)[name];
}
