/** A file as rows of cells. */
export interface CsvFile {
  headings: string[];
  rows: string[][];
}

/** The text of a file in UTF-8, or else in GBK, as spreadsheets in China write it. */
export function decode(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gbk').decode(bytes);
  }
}

/** Reads RFC 4180: quoted cells may hold commas, line breaks and doubled quotes. Empty lines are no rows. */
export function parse(text: string): CsvFile {
  const lines: string[][] = [];
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  const endCell = () => {
    cells.push(cell);
    cell = '';
  };
  const endLine = () => {
    endCell();
    if (cells.some((one) => one.trim() !== '')) lines.push(cells);
    cells = [];
  };
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] as string;
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === ',') endCell();
    else if (char === '\n') endLine();
    else if (char !== '\r') cell += char;
  }
  if (cell !== '' || cells.length > 0) endLine();
  const [headings = [], ...rows] = lines;
  return { headings: headings.map((heading) => heading.replace(/^\uFEFF/, '').trim()), rows };
}

function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

export function write(lines: readonly (readonly string[])[]): string {
  return lines.map((cells) => cells.map(quote).join(',')).join('\r\n');
}
