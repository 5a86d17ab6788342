import { type Actor, URL } from './browser';
import { tell } from './given-review';
import { spokenBy } from './voice';

const HEADER = 44;
/** How people of the demonstration speak. */
const VOICE = { variant: 'm4', speed: 240, pitch: 45 };
/** 你们的报价太高，我们没有预算 */
const OBJECTION = 'ni3 men5 de5 bao4 jia4 tai4 gao1, wo3 men5 mei2 you3 yu4 suan4';

/** The same in two channels: the rep's, who is silent, and the customer's. */
function asCall(mono: Buffer): Buffer {
  const samples = mono.subarray(HEADER);
  const call = Buffer.alloc(HEADER + 2 * samples.length);
  mono.copy(call, 0, 0, HEADER);
  call.writeUInt32LE(call.length - 8, 4);
  call.writeUInt16LE(2, 22);
  call.writeUInt32LE(4 * mono.readUInt32LE(24), 28);
  call.writeUInt16LE(4, 32);
  call.writeUInt32LE(2 * samples.length, 40);
  for (let at = 0; at + 1 < samples.length; at += 2) samples.copy(call, HEADER + 2 * at + 2, at, at + 2);
  return call;
}

/** A call in which the customer objects in words that the library does not know. */
export async function objectingCall(rep: Actor): Promise<void> {
  const bytes = asCall(spokenBy(VOICE, OBJECTION));
  const { upload_url } = await tell<{ upload_url: string }>(rep, '/api/recordings', { bytes: bytes.length, consent: true, media_type: 'audio/wav' });
  const sent = await rep.request.patch(`${URL}${upload_url}`, { data: bytes, headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' } });
  if (sent.status() !== 204) throw new Error(await sent.text());
}
