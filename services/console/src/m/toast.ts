const SHOWN_MS = 3_500;

/** Says one thing for a moment. */
export function toast(text: string): void {
  const said = document.createElement('div');
  said.className = 'toast';
  said.setAttribute('role', 'status');
  said.textContent = text;
  document.body.append(said);
  setTimeout(() => said.remove(), SHOWN_MS);
}
