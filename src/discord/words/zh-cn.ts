import type { Words } from './en.ts';

export const zhCN: Words = {
  answered: '已找到回答',
  related: '相关段落，并非回答',
  notInSources: '文章中没有',
  nearest: '以下是最接近的段落，并非回答。',
  noQuotes: '没有接近的段落。',
  sure: (percent) => `把握 ${percent}%`,
  kinds: {
    headline: '标题',
    dateline: '电头',
    body: '',
    caption: '图片说明',
    credit: '署名',
    noise: '',
  },
  link: '原文',
  inFile: (count) => `有 ${count} 条引文太长，无法在此显示，见附件。`,
  cannotAttach: (count) => `有 ${count} 条引文太长，无法在此显示，且此处不能附加文件。`,
  sharedBy: (user) => `由 ${user} 分享`,

  context: '上下文',
  moreQuotes: '更多引文',
  why: '为什么是这些？',
  share: '分享',
  dismiss: '关闭',
  earlier: '往前',
  later: '往后',

  whyTitle: '为什么是这些段落？',
  whyIntro:
    '文章的每个句子都与问题比较：看共有的词，也看含义（模型把两者变成方向，1 为方向相同，0 为无关）。没有任何文字由机器撰写。',
  whyWords: (words) => `其中找到的词：${words}`,
  whyNoWords: '其中没有问题里的词',
  whyCloseness: (closeness) => `含义接近程度：${closeness}`,

  emptyTitle: '请提问',
  emptyBody: '提及我并写下问题，或使用 /ask。我只用文章原文回答。例如：',
  tooLong: (length, most) => `问题有 ${length} 个字符，最多接受 ${most} 个。请问得短一些。`,
  wait: (seconds) => `太快了！请在 ${seconds} 秒后再问。`,
  waitServer: (seconds) => `这里提问的人很多。请在 ${seconds} 秒后再问。`,
  indexChanged: '发送之后文章已有改动。请重新提问。',
  expired: '这个按钮已失效。请重新提问。',
  notYours: '只有提问者或管理员可以关闭。',
  failed: (id) => `出了问题，已记录为 ${id}。请重试。`,
  cannotAnswer: (reason) => `目前无法引用文章：${reason}`,
  unknownSeed: '没有这篇文章；/seeds 可列出所有文章。',
  stopping: '我即将重启。请稍后再问。',

  foundExactly: (count, phrase) => (count === 0 ? `“${phrase}”没有逐字出现` : `“${phrase}”出现 ${count} 次`),
  foundByMeaning: (phrase) => `与“${phrase}”含义最接近的句子`,
  firstShown: (count) => `显示前 ${count} 处。`,
  byMeaning: '按含义',
  wordForWord: '逐字',
  nothingToFind: '没有可查找的文字。',

  chooseSeed: '有多篇文章，请用 seed: 指定一篇。',
  noParagraph: (last) => `没有这个段落；编号从 1 到 ${last}。`,
  paragraphOf: (paragraph, last) => `第 ${paragraph} 段，共 ${last} 段`,

  verdictExact: (places) => (places === 1 ? '文章中逐字存在' : `文章中逐字存在，共 ${places} 处`),
  verdictOmission: '省略号处有内容被略去；完整段落如下。',
  verdictAltered: '有改动：文章的措辞不同',
  verdictStitched: '由并不相连的片段拼接而成',
  verdictAbsent: '文章中没有',
  changed: (from, to) => `文章：“${from}” → 所引：“${to}”`,
  leftOut: (from) => `略去：“${from}”`,
  putIn: (to) => `添加：“${to}”`,
  moreChanges: (count) => `另有 ${count} 处`,

  checkTitle: '与文章核对的结果',
  checkNote: '只比较文字：“有引文支持”表示这句话见于文章。',
  supported: '有这条引文支持',
  relatedTo: '相关',
  notMentioned: '未提及',
  checkedSome: (checked, all) => `共 ${all} 句，核对了前 ${checked} 句。`,
  nothingToCheck: '这条消息没有可核对的句子。',

  seedsTitle: (count) => `${count} 篇文章`,
  seedLine: (sentences, when) => `${sentences} 句 · 嵌入于 ${when}`,
  moreSeeds: (count) => `另有 ${count} 篇`,

  aboutTitle: '关于 liaison',
  aboutBody: (version, model) =>
    `版本 ${version}。回答是文章的原文引用，一字不差；不生成任何文字。搜索模型：${model}。`,
  aboutIndex: (articles, sentences, generation, when) =>
    `索引 ${generation}：${articles} 篇文章，${sentences} 句，嵌入于 ${when}。`,
  aboutStored: '存储的用户信息：无。',

  helpTitle: '你可以做什么',
  helpLines: [
    '提及我、给我发私信，或回复我的回答来追问。',
    '/ask 提问 · /find 查找词句 · /read 阅读段落 · /verify 核对引文',
    '/seeds 列出文章 · /about 关于',
    '消息菜单 → 应用 → “与文章核对”或“在文章中查找”',
  ],

  adminsOnly: '仅供管理服务器的人使用。',
  statusTitle: '状态',
  statusLines: (s) => [
    `运行 ${s.upMinutes} 分钟 · 网关 ${s.pingMs} ms · ${s.servers} 个服务器 · ${s.memoryMb} MB`,
    `已处理 ${s.done} 个请求 · 处理中 ${s.inHand} 个${s.rebuilding ? ' · 正在重建索引' : ''}`,
  ],
  reembedStarted: '正在重建索引；期间由现有索引回答。',
  reembedJoined: '索引已在重建中；完成后会告知。',
  reembedDone: (r) =>
    `索引已重建：新增 ${r.added}，更新 ${r.updated}，移除 ${r.removed}，未变 ${r.unchanged}，用时 ${r.seconds} 秒。`,
  channelEverywhere: '我在此服务器的所有频道回答提及。',
  channelNowhere: '我在此服务器不回答提及；命令仍可使用。',
  channelListed: (places) => `我回答提及的地方：${places}`,
  channelListFull: (most) => `最多可列出 ${most} 处。`,
};
