import { commandsIn } from './command-names.ts';
import { dateIn, moment } from './dates.ts';
import type { Words } from './en.ts';
import { REBUILDING } from './rebuilding.ts';
import { SEED_CHANGES } from './seed-changes.ts';

const use = commandsIn('ja');

export const ja: Words = {
  answered: '回答が見つかりました',
  related: '関連する箇所（回答ではありません）',
  notInSources: '記事にはありません',
  further: 'ほかの箇所：',
  nearest: '次は最も近い箇所ですが、回答ではありません。',
  noQuotes: '近い箇所はありません。',
  sure: (percent) => `確信度 ${percent}%`,
  foreign: '英語の質問ではないようです。モデルは英語しか読めないため、名前・数字・単語だけで検索しました。',
  date: dateIn('ja'),
  kinds: {
    headline: '見出し',
    dateline: '日付',
    body: '',
    caption: '写真説明',
    credit: 'クレジット',
    noise: '',
  },
  link: '原文',
  inFile: (count) => `長すぎてここに表示できない箇所 ${count} 件は、ファイルにあります。`,
  cannotAttach: (count) => `${count} 件の箇所は長すぎて表示できず、ここにはファイルも添付できません。`,
  sharedBy: (user) => `${user} さんが共有`,

  context: '文脈',
  moreQuotes: '引用をもっと見る',
  quotesOf: (first, last, all) => `引用 ${all} 件中 ${first === last ? first : `${first}～${last}`} 件目`,
  why: 'なぜこの箇所？',
  share: '共有',
  dismiss: '閉じる',
  earlier: '前へ',
  later: '次へ',

  whyTitle: 'なぜこの箇所なのか',
  whyIntro:
    '記事のすべての文を質問と比べます。共通する語を調べ、意味の近さも検索モデルで測ります（1 は同じ、0 は無関係）。モデルが文章を書くことはありません。',
  whyWords: (words) => `共通する語：${words}`,
  whyNoWords: '質問と共通する語はありません',
  whyCloseness: (closeness) => `意味の近さ：${closeness}`,

  emptyTitle: '質問してください',
  emptyBody: `私をメンションして質問するか、${use.ask} を使ってください。記事の原文だけで答えます。例：`,
  emptyMore: `${use.help} で、できることをすべて確認できます。`,
  tooLong: (length, most) => `質問は ${length} 文字です。${most} 文字までにしてください。`,
  wait: (seconds) => `質問の間隔が短すぎます。${seconds} 秒後にもう一度質問してください。`,
  waitServer: (seconds) => `質問が混み合っています。${seconds} 秒後にもう一度質問してください。`,
  indexChanged: 'このメッセージの後で記事が変わりました。もう一度質問してください。',
  expired: 'このボタンはもう使えません。もう一度質問してください。',
  notYours: '質問した人とモデレーターだけが閉じられます。',
  failed: (id) => `問題が起き、${id} として記録しました。もう一度お試しください。`,
  cannotAnswer: (reason) => `今は記事を引用できません：${reason}`,
  articleChanged: (title) =>
    `「${title}」は索引の作成後に変わりました。管理者は ${use.reembed} を使ってください。`,
  unknownSeed: `その記事はありません。${use.seeds} で一覧を確認できます。`,
  stopping: 'まもなく再起動します。少し後でもう一度質問してください。',

  foundExactly: (count) =>
    count === 0 ? '文字どおりには見つかりません' : `文字どおり ${count} か所で見つかりました`,
  foundByMeaning: '意味が近い文',
  firstShown: (count) => `最初の ${count} 件だけを表示しています。`,
  byMeaning: '意味で探す',
  wordForWord: '文字どおり探す',
  nothingToFind: '探す文章がありません。',

  chooseSeed: '記事が複数あります。「記事」オプションで 1 つ選んでください。',
  noParagraph: (last) => `その段落はありません。番号は 1 から ${last} までです。`,
  paragraphOf: (paragraph, last) => `${last} 段落中 ${paragraph} 番目`,

  verdictExact: (places) =>
    places === 1 ? '記事に文字どおりあります' : `記事に文字どおり ${places} か所あります`,
  verdictOmission: '「…」の箇所が省かれています。全体は次のとおりです。',
  verdictAltered: '変更あり：記事の言葉と異なります',
  redline: '取り消し線：記事にない語。太字：記事にあるが引用にない語。',
  verdictStitched: '離れた断片をつなぎ合わせたものです',
  verdictAbsent: 'この文言は記事にありません',
  changed: (from, to) => `引用「${to}」→ 記事「${from}」`,
  leftOut: (from) => `省かれた語：「${from}」`,
  putIn: (to) => `加えられた語：「${to}」`,
  moreChanges: (count) => `ほか ${count} 件`,

  checkTitle: '記事と照合した結果',
  checkNote:
    '言葉だけを比べます。「裏づけあり」は、その文が記事にあるという意味です。「関連あり」は、記事がその話題に触れているという意味で、内容は異なる場合があります。',
  supported: 'この引用の裏づけあり',
  relatedTo: '関連あり',
  notMentioned: '言及なし',
  checkedSome: (checked, all) => `${all} 文のうち最初の ${checked} 文を照合しました。`,
  nothingToCheck: 'そのメッセージには照合できる文がありません。',

  articles: (count) => `記事 ${count} 件`,
  sentences: (count) => `${count} 文`,
  embedded: (when) => `索引の作成日時：${when}`,
  moreSeeds: (count) => `ほか ${count} 件`,

  aboutTitle: 'liaison について',
  aboutBody: (version, model) =>
    `バージョン ${version}。答えは記事を一字一句そのまま引用したもので、文章は生成しません。検索モデル：${model}。`,
  aboutIndex: (articles, sentences, generation, builtAt) =>
    `索引 ${generation}：記事 ${articles} 件、${sentences} 文、作成日時 ${moment(builtAt)}。`,
  aboutStored: '利用者について保存する情報：なし。記事を変更した人のIDだけを記録します。',

  helpTitle: 'できること',
  helpLines: [
    '私をメンションする、ダイレクトメッセージを送る、または私の答えに返信して、続けて質問できます',
    `**${use.ask}** 質問に答えます`,
    `**${use.find}** 語句のある箇所、または意味が近い文を探します`,
    `**${use.read}** 段落を表示します`,
    `**${use.verify}** 引用が記事にあるかを確かめます`,
    `**${use.seeds}** 記事の一覧、**${use.about}** このボットについて`,
    `メッセージから：アプリ → **${use.checkMenu}** または **${use.findMenu}**`,
  ],

  helpAdmins: `サーバー管理者用：**${use.status}**、**${use.reembed}**、**${use.rollback}**、**${use.channel}**`,

  adminsOnly: 'サーバーを管理する人だけが使えます。',
  statusTitle: '状態',
  statusLines: (s) => [
    `稼働 ${s.upMinutes} 分 · ゲートウェイ ${s.pingMs} ms · サーバー ${s.servers} · ${s.memoryMb} MB`,
    `処理済み ${s.done} 件 · 処理中 ${s.inHand} 件${s.rebuilding ? ' · 索引を再構築中' : ''}`,
    ...(s.shards > 1 ? [`シャード ${s.shards} 中 ${s.liveShards} が接続中`] : []),
  ],
  reembedStarted: '索引を再構築しています。その間は今の索引が答えます。',
  reembedJoined: '索引はすでに再構築中です。終わったらお知らせします。',
  rebuilding: REBUILDING.ja,
  channelEverywhere: 'このサーバーのすべての場所でメンションに答えます。',
  channelNowhere: 'このサーバーではメンションに答えません。コマンドは使えます。',
  channelListed: (places) => `メンションに答える場所：${places}`,
  channelListFull: (most) => `登録できるのは ${most} か所までです。`,

  changes: SEED_CHANGES.ja,
};
