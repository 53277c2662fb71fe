// The height at which each node of a layer stands: as near to its neighbours as the others of its layer let it.

const ROUNDS = 8;

/** Gives each cell its y, and tells how high it all is. */
export function columns(rows, chains, gap) {
  const near = new Map(rows.flat().map((cell) => [cell, []]));
  for (const {chain} of chains) {
    for (let i = 1; i < chain.length; i++) {
      near.get(chain[i]).push(chain[i - 1]);
      near.get(chain[i - 1]).push(chain[i]);
    }
  }
  const tallest = Math.max(0, ...rows.map((row) => heightOf(row, gap)));
  for (const row of rows) stack(row, (tallest - heightOf(row, gap)) / 2, gap);
  for (let round = 0; round < ROUNDS; round++) {
    for (const row of round % 2 === 0 ? rows : [...rows].reverse()) settle(row, near, gap);
  }
  const top = Math.min(0, ...rows.flat().map((cell) => cell.y));
  let bottom = 0;
  for (const cell of rows.flat()) {
    cell.y -= top;
    bottom = Math.max(bottom, cell.y + cell.high);
  }
  return bottom;
}

const heightOf = (row, gap) => row.reduce((sum, cell) => sum + cell.high + gap, 0) - gap;

function stack(row, top, gap) {
  let y = top;
  for (const cell of row) {
    cell.y = y;
    y += cell.high + gap;
  }
}

// Cells that want the same place are pushed apart evenly: they form a block that stands at the mean of what its cells want.
function settle(row, near, gap) {
  const blocks = [];
  let offset = 0;
  for (const cell of row) {
    const wish = wishOf(cell, near.get(cell)) - offset;
    cell.offset = offset;
    offset += cell.high + gap;
    let block = {cells: [cell], sum: wish, at: wish};
    while (blocks.length > 0 && blocks.at(-1).at > block.at) {
      const above = blocks.pop();
      block = {cells: above.cells.concat(block.cells), sum: above.sum + block.sum};
      block.at = block.sum / block.cells.length;
    }
    blocks.push(block);
  }
  for (const block of blocks) for (const cell of block.cells) cell.y = block.at + cell.offset;
}

function wishOf(cell, near) {
  if (near.length === 0) return cell.y;
  return near.reduce((sum, one) => sum + one.y + one.high / 2, 0) / near.length - cell.high / 2;
}
