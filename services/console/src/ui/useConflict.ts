import { useState } from 'react';

import type { Problem } from '../api/problem';
import { type Meeting, bothVersions } from './bothVersions';

/** What `Conflict` shows, and what the person decides there. */
export interface Conflicting<Typed, Kept> {
  meeting: Meeting<Typed, Kept> | null;
  /** The newest version is being read again. */
  isAsking: boolean;
  askAgain: () => void;
  keepMine: () => void;
  keepTheirs: () => void;
  close: () => void;
}

/** What a form of a record does when another changed it in between: both versions are shown, and the person decides. */
export function useConflict<Typed, Kept extends { version: number }>(seenVersion: number, close: () => void) {
  const [version, setVersion] = useState(seenVersion);
  const [meeting, setMeeting] = useState<Meeting<Typed, Kept> | null>(null);
  const [asking, setAsking] = useState<(() => Promise<Kept>) | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const meet = async (mine: Typed, newest: () => Promise<Kept>) => {
    setIsAsking(true);
    setMeeting(await bothVersions(mine, newest));
    setIsAsking(false);
  };
  const conflict: Conflicting<Typed, Kept> = {
    meeting,
    isAsking,
    askAgain: () => {
      if (meeting && asking) void meet(meeting.mine, asking);
    },
    keepMine: () => {
      if (meeting?.is === 'both') setVersion(meeting.theirs.version);
      setMeeting(null);
    },
    keepTheirs: () => {
      setMeeting(null);
      close();
    },
    close: () => setMeeting(null),
  };
  return {
    /** The version that the next attempt has seen. */
    version,
    conflict,
    /** For a form's `onRefused`: takes over when the record is newer than what was seen. */
    onRefused: (newest: () => Promise<Kept>) => (problem: Problem, mine: Typed) => {
      if (!problem.isStale) return false;
      setAsking(() => newest);
      void meet(mine, newest);
      return true;
    },
  };
}
