/** One a line, as they are typed. */
export const linesOf = (choices: readonly string[]): string => choices.join('\n');

/** Each line that says something. */
export const choicesOf = (lines: string): string[] => lines.split('\n').map((line) => line.trim()).filter((line) => line !== '');
