/** A unit with what is below it. */
export interface OrgNode {
  path: string;
  name: string;
  kind: 'group' | 'brand' | 'region' | 'dealer' | 'store' | 'department';
  children?: OrgNode[];
}

/** `/huadong/shanghai/` → `/huadong/` */
export function parentOf(path: string): string | undefined {
  return path === '/' ? undefined : path.replace(/[^/]+\/$/, '');
}

export const pathBelow = (parent: string, slug: string): string => `${parent}${slug}/`;

/** The flat list as a tree; units whose parent is not in the list stand at the top. */
export function treeOf(units: readonly Omit<OrgNode, 'children'>[]): OrgNode[] {
  const nodes = new Map<string, OrgNode>(units.map((unit) => [unit.path, { ...unit }]));
  const top: OrgNode[] = [];
  for (const node of nodes.values()) {
    const parent = nodes.get(parentOf(node.path) ?? '');
    if (parent) (parent.children ??= []).push(node);
    else top.push(node);
  }
  return top;
}
