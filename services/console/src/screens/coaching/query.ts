import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { api, body } from '../../api/client';
import { asProblem } from '../../api/problem';
import type { components, paths } from '../../api/schema';

type Schema = components['schemas'];
export type Review = Schema['ReviewView'];
export type Score = Schema['ScoreView'];
export type Transcript = Schema['TranscriptView'];
export type Sentence = Schema['Sentence'];
export type Comment = Schema['Comment'];
export type Practice = Schema['PracticeView'];
export type KeyPoint = Schema['KeyPoint'];
export type Outcome = Schema['Outcome'];
type ReviewsQuery = NonNullable<paths['/api/reviews']['get']['parameters']['query']>;

const PAGE = 50;
const start = undefined as string | undefined;
const after = (cursor: string | undefined) => (cursor ? { cursor } : {});

export const queueQuery = (outcome?: Outcome) =>
  queryOptions({
    queryKey: ['reviews', 'queue', outcome ?? 'all'],
    meta: { follows: ['review'] },
    queryFn: () => body(api.GET('/api/reviews/queue', { params: { query: { limit: 200, ...(outcome ? { outcome } : {}) } } })),
  });

export const reviewsQuery = (filter: Pick<ReviewsQuery, 'state' | 'rep_id'>) =>
  infiniteQueryOptions({
    queryKey: ['reviews', 'list', filter],
    meta: { follows: ['review'] },
    initialPageParam: start,
    queryFn: ({ pageParam }) => body(api.GET('/api/reviews', { params: { query: { ...filter, limit: PAGE, ...after(pageParam) } } })),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const reviewQuery = (id: string) =>
  queryOptions({
    queryKey: ['reviews', id],
    meta: { follows: ['review'] },
    queryFn: () => body(api.GET('/api/reviews/{id}', { params: { path: { id } } })),
  });

/** What is not there yet is null: an answer is scored when its recording has been written down. */
async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (thrown) {
    const { status } = asProblem(thrown);
    if (status === 404 || status === 409) return null;
    throw thrown;
  }
}

export const scoreQuery = (id: string) =>
  queryOptions({
    queryKey: ['reviews', id, 'score'],
    meta: { follows: ['review'] },
    queryFn: () => orNull(body(api.GET('/api/reviews/{id}/score', { params: { path: { id } } }))),
  });

export const commentsQuery = (id: string) =>
  queryOptions({
    queryKey: ['reviews', id, 'comments'],
    meta: { follows: ['review'] },
    queryFn: () => body(api.GET('/api/reviews/{id}/comments', { params: { path: { id } } })),
  });

export const judgementsQuery = (id: string) =>
  queryOptions({
    queryKey: ['reviews', id, 'judgements'],
    meta: { follows: ['review'] },
    queryFn: () => body(api.GET('/api/reviews/{id}/judgements', { params: { path: { id } } })),
  });

export const recordingQuery = (id: string) =>
  queryOptions({
    queryKey: ['recordings', id],
    meta: { follows: ['recording'] },
    queryFn: () => body(api.GET('/api/recordings/{id}', { params: { path: { id } } })),
  });

export const transcriptQuery = (recording: string) =>
  queryOptions({
    queryKey: ['recordings', recording, 'transcript'],
    meta: { follows: ['transcript'] },
    refetchInterval: ({ state: { data } }) => (data?.state === 'waiting' || data?.state === 'working' ? 2_000 : false),
    queryFn: () => orNull(body(api.GET('/api/recordings/{id}/transcript', { params: { path: { id: recording } } }))),
  });

/** The words that an answer was matched to: those of the track's version that the score names. */
export const matchedWordsQuery = (track: string | null | undefined) =>
  queryOptions({
    queryKey: ['talk-tracks', track ?? '', 'versions'],
    enabled: Boolean(track),
    meta: { follows: ['talk_track'] },
    queryFn: () => orNull(body(api.GET('/api/talk-tracks/{id}/versions', { params: { path: { id: track ?? '' } } }))),
  });

export const practicesQuery = infiniteQueryOptions({
  queryKey: ['practices'],
  meta: { follows: ['practice'] },
  initialPageParam: start,
  queryFn: ({ pageParam }) => body(api.GET('/api/practices', { params: { query: { limit: PAGE, ...after(pageParam) } } })),
  getNextPageParam: (page) => page.next_cursor ?? undefined,
});

export const transcriptsStateQuery = queryOptions({
  queryKey: ['transcripts', 'queue'],
  meta: { follows: ['transcript', 'recording'] },
  refetchInterval: 30_000,
  queryFn: () => body(api.GET('/api/transcripts/queue')),
});

export const agreementQuery = (from: string, until: string) =>
  queryOptions({
    queryKey: ['coaching', 'agreement', from, until],
    meta: { follows: ['review'] },
    queryFn: () => body(api.GET('/api/coaching/agreement', { params: { query: { from, until } } })),
  });
