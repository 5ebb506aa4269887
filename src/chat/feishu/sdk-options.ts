// What every part of Feishu's SDK is built with: who we are to Feishu, how requests are sent, and what may be logged.
import { type HttpInstance, LoggerLevel } from '@larksuiteoapi/node-sdk';
import { type Note, sdkLog } from './sdk-log.ts';

export type Credentials = { appId: string; appSecret: string; domain: string };

/** For the parts that send nothing themselves. */
export const sdkLogging = (note: Note) => ({ logger: sdkLog(note), loggerLevel: LoggerLevel.error });

/** Names what it takes: whatever else the caller's object holds is none of the SDK's business. */
export const sdkOptions = ({ appId, appSecret, domain }: Credentials, http: HttpInstance, note: Note) => ({
  appId,
  appSecret,
  domain,
  httpInstance: http,
  ...sdkLogging(note),
});
