// zh: backup and restore.
export const backup = {
  'backup.saved':
    '已把 {rows} 行数据和 {files} 个文件（{megabytes} MB）保存到 {folder}。其中有大家写的内容和这套系统的密钥：请像保护机器人一样保护它。',
  'backup.restored': '已把 {at}（UTC）的备份恢复到 {folder}。照常启动机器人即可：npm start',
  'backup.notEmpty': '{folder} 里已有内容：请指定一个新的或空的文件夹。',
  'backup.nothing': '{folder} 里没有可保存的内容：那里从未启动过数据库。请把 DATA_DIR 设为机器人的文件夹。',
  'backup.which': '恢复哪个备份？请运行 npm run restore -- 文件夹，即 npm run backup 给出的那个。',
  'backup.none': '{folder} 不是完整的备份：manifest.json 缺失或无法读取。请指定 npm run backup 生成的文件夹。',
  'backup.damaged': '备份已损坏：{file} 与保存时不同。没有恢复任何内容；请换一份副本。',
  'backup.notFresh': '已有一个含数据的数据库。备份只能恢复到空的数据库：请把 DATA_DIR 设为新文件夹（或把 DATABASE_URL 设为空数据库）。',
  'backup.newer': '{at} 的备份来自更新版本的程序。请先更新程序，再恢复。',
} as const;
