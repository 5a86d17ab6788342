import type { components } from '../api/schema';
import { useTexts } from './language';
import { go } from './route';

/** What the visit gives back: words for the pain point, and how we compare. */
export function Suggested({ suggestions }: { suggestions: components['schemas']['Suggestions'] }) {
  const texts = useTexts();
  return (
    <main>
      <h1>{texts.visit.suggestions}</h1>
      <p className="soft">{texts.visit.suggestionsHint}</p>
      {suggestions.talk_tracks.map((track) => (
        <section className="card" key={track.talk_track_id}>
          <h2>{track.title}</h2>
          <p>{track.text}</p>
          {track.success_case ? <p className="soft">{track.success_case}</p> : null}
        </section>
      ))}
      {suggestions.comparison_sheets.map((sheet) => (
        <section className="card" key={sheet.comparison_sheet_id}>
          <h2>{sheet.competitor}</h2>
          <dl>{sheet.rows.map((row) => <div key={row.aspect}><dt>{row.aspect}</dt><dd>{row.ours}<span className="soft">{row.theirs}</span></dd></div>)}</dl>
        </section>
      ))}
      <button type="button" className="main" onClick={() => go('')}>{texts.visit.done}</button>
    </main>
  );
}
