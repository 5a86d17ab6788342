/** What can be wrong with an export. Names and meaning are those of the offline verifier. */
export type FindingKind =
  | 'no_export' | 'unreadable_line' | 'out_of_place' | 'repeated_log' | 'truncated'
  | 'record_altered' | 'unreadable_record' | 'foreign_record' | 'repeated_event' | 'version_out_of_sequence' | 'broken_chain' | 'leaf_out_of_sequence'
  | 'invalid_key' | 'invalid_checkpoint' | 'foreign_checkpoint' | 'checkpoint_size' | 'repeated_checkpoint' | 'root_differs' | 'uncovered'
  | 'header_count' | 'trailer_count' | 'digest_differs';

export interface Finding {
  service: string;
  kind: FindingKind;
  /** The line of the export, from 1. */
  line: number;
  /** The leaf's place, where there is one. */
  index?: number | null;
  eventId?: string;
  /** What was stated, and what was found. */
  stated?: string;
  found?: string;
}
