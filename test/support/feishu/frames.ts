// The frames of the long connection: protobuf, as the vendor's clients read and write them, and an event cut into several of them.
import protobuf from 'protobufjs';

const { root } = protobuf.parse(`syntax = "proto2"; package pbbp2;
  message Header { required string key = 1; required string value = 2; }
  message Frame {
    required uint64 SeqID = 1; required uint64 LogID = 2; required int32 service = 3; required int32 method = 4;
    repeated Header headers = 5; optional string payload_encoding = 6; optional string payload_type = 7;
    optional bytes payload = 8; optional string LogIDNew = 9;
  }`);
const Frame = root.lookupType('pbbp2.Frame');

/** `method`: 0 is control (ping, pong), 1 is data. */
export type FrameIn = { service: number; method: number; headers: Record<string, string>; payload: Buffer };

export const CONTROL = 0;
export const DATA = 1;

let sequence = 0;

export function frameBytes({ service, method, headers, payload }: FrameIn): Uint8Array {
  sequence += 1;
  const pairs = Object.entries(headers).map(([key, value]) => ({ key, value }));
  return Frame.encode(Frame.create({ SeqID: sequence, LogID: 1, service, method, headers: pairs, payload })).finish();
}

/** Throws where the bytes are no frame. */
export function frameOf(bytes: Uint8Array): FrameIn {
  const { service, method, headers, payload } = Frame.toObject(Frame.decode(bytes), { defaults: true, arrays: true, bytes: Buffer });
  return {
    service,
    method,
    headers: Object.fromEntries(headers.map((pair: { key: string; value: string }) => [pair.key, pair.value])),
    payload,
  };
}

/** `payload` as an event in `parts` frames, all under one message id. */
export function eventFrames(service: number, messageId: string, payload: Buffer, parts: number): Uint8Array[] {
  const size = Math.max(1, Math.ceil(payload.length / parts));
  return Array.from({ length: parts }, (_, i) =>
    frameBytes({
      service,
      method: DATA,
      headers: { type: 'event', message_id: messageId, sum: String(parts), seq: String(i), trace_id: messageId },
      payload: payload.subarray(i * size, (i + 1) * size),
    }),
  );
}
