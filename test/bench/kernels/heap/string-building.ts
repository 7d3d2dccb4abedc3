/** Text put together piece by piece, as a report or a page is. */
import type { f64, i32 } from 'tsnative';

function escaped(text: string): string {
  let result = '';
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    if (c === '<') result += '&lt;';
    else if (c === '&') result += '&amp;';
    else result += c;
  }
  return result;
}

/** @native */
export function stringBuilding(rows: i32): f64 {
  let page = '<table>\n';
  for (let row = 0; row < rows; row++) {
    const cells: string[] = [];
    for (let cell = 0; cell < 4; cell++) cells.push(`${row * cell} & ${row % 7} < ${cell}`);
    page += '  <tr>';
    for (const cell of cells) page += '<td>' + escaped(cell) + '</td>';
    page += `</tr><!-- ${cells.join(', ')} -->\n`;
  }
  page += '</table>\n';
  let hash = page.length;
  for (let i = 0; i < page.length; i += 3) hash = (hash * 31 + page.charCodeAt(i)) % 1000003;
  return hash;
}
