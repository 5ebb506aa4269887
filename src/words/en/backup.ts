// en: backup and restore.
export const backup = {
  'backup.saved':
    'Saved {rows} rows and {files} files ({megabytes} MB) to {folder}. It holds what people wrote and the key of this installation: keep it as safe as the bot itself.',
  'backup.restored': 'Restored the backup of {at} (UTC) into {folder}. Start the bot as usual: npm start',
  'backup.notEmpty': 'There is something in {folder} already: name a folder that is new or empty.',
  'backup.nothing': 'There is nothing to save in {folder}: no database was ever started there. Set DATA_DIR to the folder of your bot.',
  'backup.which': 'Which backup? Say npm run restore -- FOLDER, the one that npm run backup named.',
  'backup.none': '{folder} is no whole backup: its manifest.json is missing or unreadable. Name the folder that npm run backup made.',
  'backup.damaged': 'The backup is damaged: {file} is not what was saved. Nothing was restored; take another copy of it.',
  'backup.notFresh':
    'There is a database with rows in it already. A backup is restored into an empty one only: set DATA_DIR to a new folder (or DATABASE_URL to an empty database).',
  'backup.newer': 'The backup of {at} was made by a later version of this program. Update it first, then restore.',
} as const;
