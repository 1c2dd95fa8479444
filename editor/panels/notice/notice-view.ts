/** `change-of-policy-therapeutic-activities.md`: a name that every system takes. */
export function fileName(title: string, extension: 'md' | 'html'): string {
  const words = title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return `${words.slice(0, 80).replace(/-$/, '') || 'notice'}.${extension}`;
}
