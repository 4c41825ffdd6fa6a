import type { Words } from './en.ts';

export const ja: Words = {
  answered: '回答が見つかりました',
  related: '関連する箇所（回答ではありません）',
  notInSources: '記事にはありません',
  nearest: '最も近い箇所です。回答ではありません。',
  noQuotes: '近い箇所はありません。',
  sure: (percent) => `確信度 ${percent}%`,
  kinds: {
    headline: '見出し',
    dateline: '発信地',
    body: '',
    caption: '写真説明',
    credit: 'クレジット',
    noise: '',
  },
  link: '原文',
  inFile: (count) => `長すぎてここに表示できない引用 ${count} 件は、ファイルにあります。`,
  cannotAttach: (count) => `引用 ${count} 件は長すぎて表示できず、ここにはファイルを添付できません。`,
  sharedBy: (user) => `${user} さんが共有`,

  context: '文脈',
  moreQuotes: '引用をもっと見る',
  why: 'なぜこれ？',
  share: '共有',
  dismiss: '閉じる',
  earlier: '前へ',
  later: '次へ',

  whyTitle: 'なぜこの箇所なのか',
  whyIntro:
    '記事のすべての文を質問と比べます。共通する語と、意味の両方を見ます（モデルが両者を方向に変えます。1 は同じ方向、0 は無関係）。機械が書いた文章はありません。',
  whyWords: (words) => `見つかった語: ${words}`,
  whyNoWords: '質問の語は含まれていません',
  whyCloseness: (closeness) => `意味の近さ: ${closeness}`,

  emptyTitle: '質問してください',
  emptyBody: '私をメンションして質問するか、/ask を使ってください。記事の原文だけで答えます。例:',
  tooLong: (length, most) => `質問は ${length} 文字です。${most} 文字までにしてください。`,
  wait: (seconds) => `少し速すぎます。${seconds} 秒後にもう一度どうぞ。`,
  waitServer: (seconds) => `質問が混み合っています。${seconds} 秒後にもう一度どうぞ。`,
  indexChanged: 'その後、記事が変わりました。もう一度質問してください。',
  expired: 'このボタンはもう使えません。もう一度質問してください。',
  notYours: '質問した人かモデレーターだけが閉じられます。',
  failed: (id) => `問題が起き、${id} として記録しました。もう一度お試しください。`,
  cannotAnswer: (reason) => `今は記事を引用できません: ${reason}`,
  unknownSeed: 'その記事はありません。/seeds で一覧を見られます。',
  stopping: 'まもなく再起動します。少し後にもう一度どうぞ。',

  foundExactly: (count, phrase) =>
    count === 0 ? `「${phrase}」は文字どおりにはありません` : `「${phrase}」は ${count} 回あります`,
  foundByMeaning: (phrase) => `「${phrase}」に意味が近い文`,
  firstShown: (count) => `最初の ${count} 件を表示しています。`,
  byMeaning: '意味で',
  wordForWord: '文字どおり',
  nothingToFind: '探す文字がありません。',

  chooseSeed: '記事が複数あります。seed: で 1 つ選んでください。',
  noParagraph: (last) => `その段落はありません。1 から ${last} まであります。`,
  paragraphOf: (paragraph, last) => `${last} 段落中の ${paragraph} 番目`,

  verdictExact: (places) =>
    places === 1 ? '記事に文字どおりあります' : `記事に文字どおり ${places} か所あります`,
  verdictOmission: '点の箇所が省かれています。全体は次のとおりです。',
  verdictAltered: '変えられています: 記事の言葉と異なります',
  verdictStitched: '離れた断片をつなぎ合わせたものです',
  verdictAbsent: '記事にはありません',
  changed: (from, to) => `記事：「${from}」→ 引用：「${to}」`,
  leftOut: (from) => `省略：「${from}」`,
  putIn: (to) => `追加：「${to}」`,
  moreChanges: (count) => `ほか ${count} 件`,

  checkTitle: '記事と照合した結果',
  checkNote: '言葉だけを比べます。「引用の裏づけあり」は、その文が記事にあるという意味です。',
  supported: 'この引用の裏づけあり',
  relatedTo: '関連あり',
  notMentioned: '言及なし',
  checkedSome: (checked, all) => `${all} 文のうち最初の ${checked} 文を照合しました。`,
  nothingToCheck: 'そのメッセージには照合する文がありません。',

  seedsTitle: (count) => `記事 ${count} 件`,
  seedLine: (sentences, when) => `${sentences} 文 · 埋め込み ${when}`,
  moreSeeds: (count) => `ほか ${count} 件`,

  aboutTitle: 'liaison について',
  aboutBody: (version, model) =>
    `バージョン ${version}。答えは記事からの一字一句そのままの引用で、文章は生成しません。検索モデル: ${model}。`,
  aboutIndex: (articles, sentences, generation, when) =>
    `索引 ${generation}: 記事 ${articles} 件、${sentences} 文、埋め込み ${when}。`,
  aboutStored: '利用者について保存するもの: なし。',

  helpTitle: 'できること',
  helpLines: [
    '私をメンションする、ダイレクトメッセージを送る、または私の答えに返信して続けて質問できます。',
    '/ask 質問 · /find 語句を探す · /read 段落を読む · /verify 引用を照合',
    '/seeds 記事一覧 · /about 情報',
    'メッセージのメニュー → アプリ → 「記事と照合」または「記事で探す」',
  ],

  adminsOnly: 'サーバーを管理する人だけが使えます。',
  statusTitle: '状態',
  statusLines: (s) => [
    `稼働 ${s.upMinutes} 分 · ゲートウェイ ${s.pingMs} ms · サーバー ${s.servers} · ${s.memoryMb} MB`,
    `処理済み ${s.done} 件 · 処理中 ${s.inHand} 件${s.rebuilding ? ' · 索引を再構築中' : ''}`,
  ],
  reembedStarted: '索引を再構築しています。その間は今の索引が答えます。',
  reembedJoined: '索引はすでに再構築中です。終わったらお知らせします。',
  reembedDone: (r) =>
    `索引を再構築しました: 追加 ${r.added}、更新 ${r.updated}、削除 ${r.removed}、変更なし ${r.unchanged}、${r.seconds} 秒。`,
  channelEverywhere: 'このサーバーのどこでもメンションに答えます。',
  channelNowhere: 'このサーバーではメンションに答えません。コマンドは使えます。',
  channelListed: (places) => `メンションに答える場所: ${places}`,
  channelListFull: (most) => `登録できるのは ${most} か所までです。`,
};
