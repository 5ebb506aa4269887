// 中文：data。
import type { data as en } from '../en/data.ts';
export const data: Record<keyof typeof en, string> = {
  runIsOpen: '第 {no} 次训练还在进行，一次只能跑一个：请等它结束，或用 /finetune cancel 停下它。',
  runGotNowhere: '这次训练被接手了 {attempts} 次，每次都在第 {step} 步之后没有进展：请查看 worker 的日志，再重新开始。',
  questionGotNowhere: '这个回答开始了 {attempts} 次，每次都中断了：请查看 worker 的日志，再问一次。',
  notAComparison: '这里没有可投票的内容：只有同时给出两个回答的问题才能投票。',
  comparisonIsClosed: '这次对比已经结束（投票开放 24 小时），你的这一票没有计入。',
  postgresNotBundled: '没有适用于 {platform} 的内置 Postgres：请把 DATABASE_URL 设为一个 Postgres 服务器（15 或更高版本）。',
  postgresNotRunnable:
    '无法运行 {folder} 里的内置 Postgres，也无法把它复制到 /var/cache、/var/tmp 或临时目录：请让其中之一可写，或设置 DATABASE_URL。',
  postgresNeedsAccount:
    'Postgres 不能以 root 身份运行，而这台机器既没有 postgres 也没有 nobody 账号：请换一个用户启动，或设置 DATABASE_URL。',
  postgresMajor:
    '{folder} 里的数据库由 Postgres {found} 写成，而本程序自带 Postgres {expected}：请通过 DATABASE_URL 使用 Postgres {found}，或移走该目录重新开始。',
  postgresSecret: '内置数据库的密码不对：密码应当在 {file} 里；请从数据原来的地方恢复这个文件。',
  postgresFailed: '内置 Postgres 没有启动成功，它说：{what}',
};
