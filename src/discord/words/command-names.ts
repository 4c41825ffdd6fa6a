/** Name and description; a message menu's description is empty. Names of commands and options have no blanks. */
type Named = readonly [name: string, description: string];

const en = {
  ask: ['ask', 'Ask the articles; the answer is in their own words'],
  question: ['question', 'What you want to know'],
  seed: ['seed', 'Look into this article only'],
  private: ['private', 'Only you see the answer'],
  find: ['find', 'Find where words stand in the articles'],
  text: ['text', 'The words to look for'],
  mode: ['mode', 'Word for word, or by meaning'],
  exact: ['exact', ''],
  meaning: ['meaning', ''],
  read: ['read', 'Read a paragraph of an article'],
  paragraph: ['paragraph', 'The number after ¶'],
  verify: ['verify', 'Check whether a quote stands in the articles'],
  quote: ['quote', 'The quote to check'],
  seeds: ['seeds', 'List the articles'],
  about: ['about', 'Version, model, index, and what is stored'],
  help: ['help', 'What you can do'],
  status: ['status', 'How the bot is doing'],
  reembed: ['reembed', 'Rebuild the index from the articles'],
  full: ['full', 'Embed everything again, changed or not'],
  channel: ['channel', 'Choose where mentions are answered'],
  everywhere: ['everywhere', 'Answer mentions in every channel'],
  nowhere: ['nowhere', 'Answer no mentions; commands still work'],
  add: ['add', 'Answer mentions in the listed channels only, this one among them'],
  remove: ['remove', 'Take a channel off the list'],
  show: ['show', 'Show where mentions are answered'],
  place: ['place', 'The channel or thread'],
  checkMenu: ['Check against the articles', ''],
  findMenu: ['Find in the articles', ''],
} as const satisfies Record<string, Named>;

export type CommandNames = Record<keyof typeof en, Named>;

const ko: CommandNames = {
  ask: ['질문', '기사에 질문합니다. 답은 기사의 원문 그대로입니다'],
  question: ['내용', '알고 싶은 것'],
  seed: ['기사', '이 기사에서만 찾기'],
  private: ['비공개', '나에게만 답 보이기'],
  find: ['찾기', '기사에서 단어나 구절이 나오는 곳을 찾습니다'],
  text: ['문구', '찾을 문구'],
  mode: ['방식', '글자 그대로, 또는 의미로'],
  exact: ['글자 그대로', ''],
  meaning: ['의미로', ''],
  read: ['읽기', '기사의 한 문단을 읽습니다'],
  paragraph: ['문단', '¶ 뒤의 번호'],
  verify: ['확인', '인용문이 기사에 있는지 확인합니다'],
  quote: ['인용문', '확인할 인용문'],
  seeds: ['기사목록', '기사 목록을 보여 줍니다'],
  about: ['정보', '버전, 모델, 색인, 저장하는 것'],
  help: ['도움말', '할 수 있는 일'],
  status: ['상태', '봇의 상태를 보여 줍니다'],
  reembed: ['재색인', '기사로 색인을 다시 만듭니다'],
  full: ['전체', '바뀌지 않은 것도 모두 다시 만들기'],
  channel: ['채널', '멘션에 답할 곳을 정합니다'],
  everywhere: ['모든곳', '모든 채널에서 멘션에 답하기'],
  nowhere: ['없음', '멘션에 답하지 않기. 명령어는 계속 쓸 수 있습니다'],
  add: ['추가', '이 채널을 포함해 목록에 있는 채널에서만 답하기'],
  remove: ['삭제', '목록에서 채널 빼기'],
  show: ['보기', '멘션에 답하는 곳 보기'],
  place: ['장소', '채널 또는 스레드'],
  checkMenu: ['기사와 대조하기', ''],
  findMenu: ['기사에서 찾기', ''],
};

const zhCN: CommandNames = {
  ask: ['提问', '向文章提问；回答均为文章原文'],
  question: ['问题', '你想知道什么'],
  seed: ['文章', '只在这篇文章中查找'],
  private: ['仅自己可见', '只有你能看到回答'],
  find: ['查找', '查找词句在文章中的位置'],
  text: ['文字', '要查找的文字'],
  mode: ['方式', '逐字或按含义'],
  exact: ['逐字', ''],
  meaning: ['按含义', ''],
  read: ['阅读', '阅读文章的一个段落'],
  paragraph: ['段落', '¶ 后面的编号'],
  verify: ['核对', '核对引文是否出自文章'],
  quote: ['引文', '要核对的引文'],
  seeds: ['文章列表', '列出所有文章'],
  about: ['关于', '版本、模型、索引以及存储的内容'],
  help: ['帮助', '你可以做什么'],
  status: ['状态', '查看机器人的状态'],
  reembed: ['重建索引', '根据文章重建索引'],
  full: ['全部', '无论是否改动，全部重新嵌入'],
  channel: ['频道', '选择在哪里回答提及'],
  everywhere: ['所有频道', '在所有频道回答提及'],
  nowhere: ['不回答', '不回答提及；命令仍可使用'],
  add: ['添加', '只在列表中的频道（包括此频道）回答提及'],
  remove: ['移除', '将频道移出列表'],
  show: ['显示', '显示在哪里回答提及'],
  place: ['位置', '频道或子区'],
  checkMenu: ['与文章核对', ''],
  findMenu: ['在文章中查找', ''],
};

const ja: CommandNames = {
  ask: ['質問', '記事に質問します。答えは記事の原文そのままです'],
  question: ['内容', '知りたいこと'],
  seed: ['記事', 'この記事だけを調べる'],
  private: ['非公開', '自分だけに答えを表示'],
  find: ['検索', '語句が記事のどこにあるかを探します'],
  text: ['語句', '探す語句'],
  mode: ['方法', '文字どおり、または意味で'],
  exact: ['文字どおり', ''],
  meaning: ['意味で', ''],
  read: ['読む', '記事の段落を読みます'],
  paragraph: ['段落', '¶ の後の番号'],
  verify: ['照合', '引用が記事にあるかを確かめます'],
  quote: ['引用', '確かめる引用'],
  seeds: ['記事一覧', '記事の一覧を表示します'],
  about: ['情報', 'バージョン、モデル、索引、保存するもの'],
  help: ['ヘルプ', 'できること'],
  status: ['状態', 'ボットの状態を表示します'],
  reembed: ['索引再構築', '記事から索引を作り直します'],
  full: ['すべて', '変更の有無にかかわらず、すべて作り直す'],
  channel: ['チャンネル', 'メンションに答える場所を選びます'],
  everywhere: ['どこでも', 'すべてのチャンネルでメンションに答える'],
  nowhere: ['なし', 'メンションに答えない。コマンドは使えます'],
  add: ['追加', 'このチャンネルを含め、一覧のチャンネルだけで答える'],
  remove: ['削除', 'チャンネルを一覧から外す'],
  show: ['表示', 'メンションに答える場所を表示'],
  place: ['場所', 'チャンネルまたはスレッド'],
  checkMenu: ['記事と照合', ''],
  findMenu: ['記事で探す', ''],
};

/** Discord's locale codes. */
export const NAMES = { en, ko, 'zh-CN': zhCN, ja };

/** What a reader of `locale` types or chooses for each command: `/질문`; menus without a stroke. */
export function commandsIn(locale: keyof typeof NAMES): Record<keyof CommandNames, string> {
  const written = Object.entries(NAMES[locale]).map(([key, [name]]) => {
    return [key, key.endsWith('Menu') ? name : `/${name}`];
  });
  return Object.fromEntries(written);
}
