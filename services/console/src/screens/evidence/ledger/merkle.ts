import { type Bytes, bytesOf, sha256 } from './bytes';

const LEAF = new Uint8Array([0]);
const NODE = new Uint8Array([1]);

/** RFC 6962: `SHA-256(0x00 || data)`. */
export const leafHash = (text: string): Promise<Bytes> => sha256(LEAF, bytesOf(text));

const nodeHash = (left: Bytes, right: Bytes): Promise<Bytes> => sha256(NODE, left, right);

/** A tree that only grows: the roots of its complete subtrees, widest first. */
export class Frontier {
  size = 0;
  private peaks: Bytes[] = [];

  async append(leaf: Bytes): Promise<void> {
    let node = leaf;
    for (let rest = this.size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
      const left = this.peaks.pop();
      if (left) node = await nodeHash(left, node);
    }
    this.peaks.push(node);
    this.size += 1;
  }

  /** The root over all leaves; that of no leaves is the hash of nothing. */
  async root(): Promise<Bytes> {
    const [last, ...wider] = [...this.peaks].reverse();
    if (!last) return sha256();
    let root = last;
    for (const left of wider) root = await nodeHash(left, root);
    return root;
  }
}
