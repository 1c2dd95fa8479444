/**
 * Whether two names are taken for the same person: spaces around and between, capitals, and ways of writing one letter
 * do not tell people apart. Who sits at the keyboard is not proven by a name, here as anywhere.
 */
export function samePerson(one: string, other: string): boolean {
  return plainName(one) === plainName(other);
}

function plainName(name: string): string {
  return name.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();
}
