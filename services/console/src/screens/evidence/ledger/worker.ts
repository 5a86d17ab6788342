import type { Bytes } from './bytes';
import { type Verification, verify } from './verify';

export type Told = { progress: number } | { done: Verification } | { failed: string };

const tell = (told: Told) => self.postMessage(told);

self.onmessage = (event: MessageEvent<Bytes>) => {
  verify(event.data, (progress) => tell({ progress })).then(
    (done) => tell({ done }),
    (error: unknown) => tell({ failed: String(error) }),
  );
};
