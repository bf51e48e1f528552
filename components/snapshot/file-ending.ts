/** How snapshot files are called. */
export const FILE_ENDING = '.warren';
