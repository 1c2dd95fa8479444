/**
 * Whether two names are taken for the same person: spaces around and between, capitals, and ways of writing one letter
 * do not tell people apart. Who sits at the keyboard is not proven by a name, here as anywhere.
 */
export function samePerson(one: string, other: string): boolean {
  return plainName(one) === plainName(other);
}

/** Each by the name first written. */
export function eachPersonOnce(names: readonly string[]): readonly string[] {
  return names.filter((name, at) => names.findIndex((other) => samePerson(name, other)) === at);
}

function plainName(name: string): string {
  return name.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();
}
