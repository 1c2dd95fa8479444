/** Mail programs and chats cut longer links, or refuse them. */
export const longestLink = 30_000;
