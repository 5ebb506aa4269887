// 中文：data。
import type { data as en } from '../en/data.ts';
export const data: Record<keyof typeof en, string> = {
  runIsOpen: '第 {no} 次训练还在进行，一次只能跑一个：请等它结束，或用 /finetune cancel 停下它。',
  runGotNowhere: '这次训练被接手了 {attempts} 次，每次都在第 {step} 步之后没有进展：请查看工作进程的日志，再重新开始。',
  runNotLaunched: '一小时内没有人按 [开始]，所以这次训练没有进行。需要时再启动就好。',
  questionGotNowhere: '这个回答开始了 {attempts} 次，每次都中断了：请查看工作进程的日志，再问一次。',
  notAComparison: '这里没有可投票的内容：只有同时给出两个回答的问题才能投票。',
  comparisonIsClosed: '这次对比已经结束（投票开放 24 小时），你的这一票没有计入。',
  'postgres.notBundled': '没有适用于 {platform} 的内置 Postgres：请把 DATABASE_URL 设为一个 Postgres 服务器（15 或更高版本）。',
  'postgres.notRunnable':
    '无法运行 {folder} 里的内置 Postgres，也无法把它复制到 /var/cache、/var/tmp 或临时目录：请让其中之一可写，或设置 DATABASE_URL。',
  'postgres.needsAccount':
    'Postgres 不能以 root 身份运行，而这台机器既没有 postgres 也没有 nobody 账号：请换一个用户启动，或设置 DATABASE_URL。',
  'postgres.major':
    '{folder} 里的数据库由 Postgres {found} 写成，而本程序自带 Postgres {expected}：请通过 DATABASE_URL 使用 Postgres {found}，或移走该目录重新开始。',
  'postgres.secret': '内置数据库的密码不对：密码应当在 {file} 里；请从数据原来的地方恢复这个文件。',
  'postgres.failed': '内置 Postgres 没有启动成功，它说：{what}',

  // 环境变量
  'config.wrong': '以下设置无法使用（{count} 项）：{list}',
  'config.path': '{name} 的值是“{got}”：应为一个路径。',
  'config.databaseUrl': '{name} 的值是“{got}”：应为 postgres://用户:密码@主机:端口/数据库；不设置则使用内置的 Postgres。',
  'config.redisUrl': '{name} 的值是“{got}”：应为 redis://主机:端口；不设置则用 Postgres 排队。',
  'config.host': '{name} 的值是“{got}”：应为主机名或地址，例如 127.0.0.1。',
  'config.port': '{name} 的值是“{got}”：应为 1 到 65535 之间的数字；不设置则任选一个空闲端口。',
  'config.roles': '{name} 的值是“{got}”：应为 train、answer 或 train,answer。',
  'config.threads': '{name} 的值是“{got}”：应为 1 到 1024 之间的整数；不设置则使用全部核心。',
  'config.days': '{name} 是“{got}”：应为 1 到 3650 的整数（天）；不写就是 30。',
  'config.yesNo': '{name} 的值是“{got}”：应为 yes 或 no。',
  'config.precision': '{name} 的值是“{got}”：应为 f32 或 int8。',
  'config.logLevel': '{name} 的值是“{got}”：应为 fatal、error、warn、info、debug、trace 或 silent。',

  // npm start
  'database.away': '无法使用 {host} 上的数据库（DATABASE_URL）：{why}。请启动它或改正地址；不设置 DATABASE_URL 则使用内置数据库。',
  'database.old':
    '{host} 上的数据库是 Postgres {major}，需要 Postgres {least} 或更高版本：请换用较新的服务器，或不设置 DATABASE_URL 以使用内置数据库。',
  'queue.away': '{host} 上的 Redis（REDIS_URL）没有响应：{why}。请启动它或改正地址；不设置 REDIS_URL 则用 Postgres 排队。',
  'start.held': '{folder} 自 {since} 起正被进程 {pid} 使用：它的聊天页面在 {address}。请先停下它，或把 DATA_DIR 设为另一个目录。',
  'start.heldStarting': '{folder} 自 {since} 起正被进程 {pid} 使用，它还在启动。请先停下它，或把 DATA_DIR 设为另一个目录。',
  'start.folderClosed': '数据目录 {folder} 无法写入（{why}）：请把 DATA_DIR 设为你自己的目录。',
  'start.folder': '数据　　{folder}',
  'start.redis': '队列　　{host} 上的 Redis',
  'start.database': '数据库　内置 Postgres，已在端口 {port} 启动',
  'start.databaseAdopted': '数据库　内置 Postgres，已在端口 {port} 运行',
  'start.databaseGiven': '数据库　{host} 上的 Postgres {major}',
  'start.databaseLost': '数据库　意外停止，正在重新启动（详见 DATA_DIR/postgres.log）',
  'start.tables': '数据表　已是最新',
  'start.bot': '机器人　就绪',
  'start.worker': 'Worker　就绪',
  'start.botLost': '机器人　意外停止（{how}），{seconds} 秒后重新启动；详见 {log}',
  'start.workerLost': 'Worker　意外停止（{how}），{seconds} 秒后重新启动；详见 {log}',
  'start.model': '模型　　{phase}',
  'start.download': '模型　　下载中',
  'start.import': '模型　　导入中',
  'start.hash': '模型　　校验中',
  'start.open': '\n打开聊天：{address}\n（按 Ctrl-C 全部停止）',
  'start.stopping': '\n正在停止……',
  'start.stopped': '已停止。',
  'start.bug': '出现了不该出现的问题：{what} {log}',
};
