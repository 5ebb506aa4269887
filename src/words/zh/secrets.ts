// 中文：消息里发现的密钥和个人信息。
import type { secrets as en } from '../en/secrets.ts';

export const secrets: Record<keyof typeof en, string> = {
  'secrets.kind.email': '邮箱地址',
  'secrets.kind.phone': '电话号码',
  'secrets.kind.card': '银行卡号',
  'secrets.kind.id-number': '身份证件号',
  'secrets.kind.iban': '银行账号（IBAN）',
  'secrets.kind.ip': 'IP 地址',
  'secrets.kind.key': '密钥或令牌',
  'secrets.kind.password': '密码',
  'secrets.kind.private-key': '私钥',
  'secrets.told': '你交给我的内容里有{kind}。我先把它换成占位符才保存，后面也只用占位符。以后每次都会这样处理，只在这第一次告诉你。',
  'secrets.privateKeyCut': '这里有一段不完整的私钥，我判断不了它到哪里结束，所以整条都没有保留。请尽快更换这把密钥。',
  'secrets.nothingElse': '去掉密钥和个人信息以后，这条就什么都不剩了，所以没有保留。',
};
