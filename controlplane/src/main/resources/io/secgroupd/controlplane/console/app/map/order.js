// The order of each layer: every node near the middle of its neighbours, which leaves few crossings.

const SWEEPS = 10;

/** The cells of each layer, from top to bottom. */
export function order(cells, chains) {
  const rows = [];
  for (const cell of cells) (rows[cell.layer] ??= []).push(cell);
  for (let i = 0; i < rows.length; i++) rows[i] ??= [];
  const before = new Map(cells.map((cell) => [cell, []]));
  const after = new Map(cells.map((cell) => [cell, []]));
  for (const {chain} of chains) {
    for (let i = 1; i < chain.length; i++) {
      before.get(chain[i]).push(chain[i - 1]);
      after.get(chain[i - 1]).push(chain[i]);
    }
  }
  rows.forEach(number);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const down = sweep % 2 === 0;
    for (const row of down ? rows : [...rows].reverse()) arrange(row, down ? before : after);
  }
  return rows;
}

function arrange(row, neighbours) {
  for (const cell of row) {
    const near = neighbours.get(cell);
    cell.middle = near.length === 0 ? cell.place : near.reduce((sum, one) => sum + one.place, 0) / near.length;
  }
  row.sort((a, b) => a.middle - b.middle);
  number(row);
}

// Places are from 0 to 1, so that layers of different sizes can be compared.
function number(row) {
  row.forEach((cell, i) => { cell.place = (i + 0.5) / row.length; });
}
