// The SDK's own log lines hold people's text and sometimes a token: nothing of them is written.
import { type Logger, LogLevel } from '@slack/web-api';

const nothing = () => {};

export const silentLogger: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => LogLevel.ERROR,
  setName: nothing,
};
