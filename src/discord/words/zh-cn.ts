import { commandsIn } from './command-names.ts';
import { dateIn, moment } from './dates.ts';
import type { Words } from './en.ts';
import { REBUILDING } from './rebuilding.ts';
import { SEED_CHANGES } from './seed-changes.ts';

const use = commandsIn('zh-CN');

export const zhCN: Words = {
  answered: '已找到回答',
  related: '相关段落（并非回答）',
  notInSources: '文章中没有',
  further: '其他段落：',
  nearest: '以下是最接近的段落，但并非回答。',
  noQuotes: '没有接近的段落。',
  sure: (percent) => `置信度 ${percent}%`,
  foreign: '这似乎不是英文问题。模型只读英文，因此仅按名称、数字和词语搜索。',
  date: dateIn('zh-CN'),
  kinds: {
    headline: '标题',
    dateline: '日期',
    body: '',
    caption: '图片说明',
    credit: '署名',
    noise: '',
  },
  link: '原文',
  inFile: (count) => `有 ${count} 段文字太长，无法在此显示，请见附件。`,
  cannotAttach: (count) => `有 ${count} 段文字太长，无法在此显示，且此处不能附加文件。`,
  sharedBy: (user) => `由 ${user} 分享`,

  context: '上下文',
  moreQuotes: '更多引文',
  quotesOf: (first, last, all) =>
    first === last ? `第 ${first} 条引文，共 ${all} 条` : `第 ${first}–${last} 条引文，共 ${all} 条`,
  why: '为什么是这些？',
  share: '分享',
  dismiss: '关闭',
  earlier: '上一个',
  later: '下一个',

  whyTitle: '为什么是这些段落？',
  whyIntro:
    '文章的每个句子都会与问题比较：看共有的词，也用搜索模型衡量含义的接近程度（1 为相同，0 为无关）。模型不撰写任何文字。',
  whyWords: (words) => `共有的词：${words}`,
  whyNoWords: '没有与问题共有的词',
  whyCloseness: (closeness) => `含义接近程度：${closeness}`,

  emptyTitle: '请提问',
  emptyBody: `提及我并写下问题，或使用 ${use.ask}。我只用文章原文回答。例如：`,
  emptyMore: `${use.help} 可查看更多功能。`,
  tooLong: (length, most) => `问题有 ${length} 个字符，最多接受 ${most} 个。请问得短一些。`,
  wait: (seconds) => `提问太快了。请在 ${seconds} 秒后再问。`,
  waitServer: (seconds) => `这里提问的人很多。请在 ${seconds} 秒后再问。`,
  indexChanged: '这条消息发出后，文章已有改动。请重新提问。',
  expired: '这个按钮已失效。请重新提问。',
  notYours: '只有提问者或管理员可以关闭。',
  failed: (id) => `出了问题，已记录为 ${id}。请重试。`,
  cannotAnswer: (reason) => `目前无法引用文章：${reason}`,
  articleChanged: (title) => `《${title}》在建立索引之后有改动；管理员可使用 ${use.reembed}。`,
  unknownSeed: `没有这篇文章。${use.seeds} 可列出所有文章。`,
  stopping: '我即将重启，请稍后再问。',

  foundExactly: (count) => (count === 0 ? '没有逐字出现' : `逐字出现 ${count} 次`),
  foundByMeaning: '含义最接近的句子',
  firstShown: (count) => `仅显示前 ${count} 处。`,
  byMeaning: '按含义查找',
  wordForWord: '逐字查找',
  nothingToFind: '没有可查找的文字。',

  chooseSeed: '有多篇文章，请在“文章”选项中指定一篇。',
  noParagraph: (last) => `没有这个段落；编号从 1 到 ${last}。`,
  paragraphOf: (paragraph, last) => `第 ${paragraph} 段，共 ${last} 段`,

  verdictExact: (places) => (places === 1 ? '文章中逐字存在' : `文章中逐字存在，共 ${places} 处`),
  verdictOmission: '省略号处有内容被略去；完整段落如下。',
  verdictAltered: '有改动：与文章措辞不同',
  redline: '删除线：文章中没有的文字。粗体：文章中有、但引文中没有的文字。',
  verdictStitched: '由并不相连的片段拼接而成',
  verdictAbsent: '文章中没有这段文字',
  changed: (from, to) => `所引“${to}” → 文章“${from}”`,
  leftOut: (from) => `略去“${from}”`,
  putIn: (to) => `添加“${to}”`,
  moreChanges: (count) => `另有 ${count} 处`,

  checkTitle: '与文章核对的结果',
  checkNote: '只比较文字：“有这条引文支持”表示这句话见于文章；“相关”仅表示文章谈到此事，说法可能不同。',
  supported: '有这条引文支持',
  relatedTo: '相关',
  notMentioned: '未提及',
  checkedSome: (checked, all) => `共 ${all} 句，核对了前 ${checked} 句。`,
  nothingToCheck: '这条消息没有可核对的句子。',

  articles: (count) => `${count} 篇文章`,
  sentences: (count) => `${count} 句`,
  embedded: (when) => `索引建立时间：${when}`,
  moreSeeds: (count) => `另有 ${count} 篇`,

  aboutTitle: '关于 liaison',
  aboutBody: (version, model) =>
    `版本 ${version}。回答均为文章原文，一字不差；不生成任何文字。搜索模型：${model}。`,
  aboutIndex: (articles, sentences, generation, builtAt) =>
    `索引 ${generation}：${articles} 篇文章，${sentences} 句，建立于 ${moment(builtAt)}。`,
  aboutStored: '存储的用户信息：无；仅记录更改文章者的 ID。',

  helpTitle: '你可以做什么',
  helpLines: [
    '提及我、给我发私信，或回复我的回答来追问',
    `**${use.ask}** 回答问题`,
    `**${use.find}** 查找词句的位置，或含义接近的句子`,
    `**${use.read}** 显示一个段落`,
    `**${use.verify}** 核对引文是否出自文章`,
    `**${use.seeds}** 列出文章，**${use.about}** 介绍本机器人`,
    `在消息上：应用 → **${use.checkMenu}** 或 **${use.findMenu}**`,
  ],

  helpAdmins: `供服务器管理者使用：**${use.status}**、**${use.reembed}**、**${use.rollback}**、**${use.channel}**`,

  adminsOnly: '仅供管理服务器的人使用。',
  statusTitle: '状态',
  statusLines: (s) => [
    `运行 ${s.upMinutes} 分钟 · 网关 ${s.pingMs} ms · ${s.servers} 个服务器 · ${s.memoryMb} MB`,
    `已处理 ${s.done} 个请求 · 处理中 ${s.inHand} 个${s.rebuilding ? ' · 正在重建索引' : ''}`,
    ...(s.shards > 1 ? [`${s.shards} 个分片中 ${s.liveShards} 个在线`] : []),
  ],
  reembedStarted: '正在重建索引；其间仍由现有索引回答。',
  reembedJoined: '索引已在重建中；完成后会告知。',
  rebuilding: REBUILDING.zhCN,
  channelEverywhere: '我在此服务器的所有频道回答提及。',
  channelNowhere: '我在此服务器不回答提及；命令仍可使用。',
  channelListed: (places) => `我回答提及的地方：${places}`,
  channelListFull: (most) => `最多可列出 ${most} 处。`,

  changes: SEED_CHANGES['zh-CN'],
};
