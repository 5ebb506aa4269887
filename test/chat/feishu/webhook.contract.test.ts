import { chatContract } from '../../contracts/chat.ts';
import { openFeishuUnderTest } from './under-test.ts';

chatContract('Feishu, webhook', () => openFeishuUnderTest('webhook'));
