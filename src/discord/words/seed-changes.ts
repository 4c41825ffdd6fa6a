import type { BlockKind } from '../../seeds/seed.ts';
import { SEED_REFUSALS } from './seed-refusals.ts';

type Counts = Readonly<Record<BlockKind, (count: number) => string>>;

/** `3 captions`, `1 caption` */
function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Words about changing the articles, in English. Texts that people or articles wrote come in inert. */
const en = {
  mayNot:
    'Only those whom the operator named may change the articles (ADMIN_USER_IDS, ADMIN_ROLE_IDS); where nobody is named and I am in one server only, those who manage it.',
  oneSource: 'Give a file or an address, not both; with neither, a form opens for the text.',
  help: '**/seeds add**, **/seeds edit**, **/seeds remove** and **/seeds restore** change the articles, as you may',
  reasons: SEED_REFUSALS.en,
  refused: (reason: string) => `Nothing was changed: ${reason}`,

  previewTitle: 'Preview; not saved yet',
  asFile: (id: string, characters: number) => `name: ${id} · ${counted(characters, 'character')}`,
  counts: {
    headline: (n: number) => counted(n, 'headline'),
    dateline: (n: number) => counted(n, 'dateline'),
    body: (n: number) => counted(n, 'paragraph'),
    caption: (n: number) => counted(n, 'caption'),
    credit: (n: number) => counted(n, 'credit'),
    noise: (n: number) => `${counted(n, 'piece')} of noise`,
  } as Counts,
  units: (sentences: number, passages: number) =>
    `${counted(sentences, 'sentence')}, searched in ${counted(passages, 'passage')}`,
  kinds: {
    headline: 'Headline',
    dateline: 'Dateline',
    body: 'Paragraph',
    caption: 'Caption',
    credit: 'Credit',
    noise: 'Noise, never quoted',
  } as Record<BlockKind, string>,
  more: (count: number) => `and ${count} more`,
  invisible: (count: number, codes: string) =>
    `It has ${counted(count, 'invisible character')} (${codes}); quotes keep them.`,
  samples: 'Questions that it answers by itself',
  noSamples: 'No sample question could be made of it that it surely answers.',
  beginningOnly: 'It is long: only its beginning was asked.',
  save: 'Save',
  discard: 'Discard',
  discarded: 'Discarded; nothing was saved.',
  draftGone: 'That preview is no longer there: it was saved, discarded, or too long ago.',
  saved: (id: string) => `Saved as ${id}.`,

  removeTitle: 'Remove this article?',
  removeNote: 'It is not answered from any more, and can be brought back by /seeds restore.',
  remove: 'Remove',
  keep: 'Keep',
  kept: 'Kept; nothing was changed.',
  removed: (id: string) => `Removed: ${id}. /seeds restore brings it back.`,
  restored: (id: string) => `Restored as ${id}.`,
  edited: (id: string, fields: string) => `Edited: ${id} (${fields}).`,
  sameAsBefore: 'Nothing was changed: it says that already.',

  pasteTitle: 'Paste an article',
  pasteText: 'The article, headline first',
  pasteMore: 'Continued, where it is longer',
  editTitle: 'About this article',
  title: 'Title',
  publisher: 'Outlet',
  updated: 'Date',
  updatedHint: 'Such as 2018-09-17 or 2018-09-17T12:09; emptied, what the text says counts',
  url: 'Address',
  aliases: 'Aliases',
  aliasesHint: 'Names for one thing on one line: South Korea = ROK',
  editedMeanwhile: 'Nothing was changed: somebody edited that article meanwhile. Open the form again.',
  wrongUrl: (given: string) => `${given} is no address; write one that begins with https:// or http://`,
  wrongDate: (given: string) =>
    `${given} is no date that could be read; write 2018-09-17 or 2018-09-17T12:09`,
  wrongAliases: (given: string) => `${given}: write names for one thing as A = B, one group a line`,
};

type SeedChangeWords = typeof en;

const ko: SeedChangeWords = {
  mayNot:
    '기사를 바꿀 수 있는 사람은 운영자가 지정한 사람뿐입니다(ADMIN_USER_IDS, ADMIN_ROLE_IDS). 지정된 사람이 없고 제가 서버 한 곳에만 있으면 그 서버를 관리하는 사람입니다.',
  oneSource: '파일이나 주소 중 하나만 넣어 주세요. 둘 다 없으면 글을 붙여 넣을 창이 열립니다.',
  help: '**/기사 추가**, **/기사 편집**, **/기사 삭제**, **/기사 복원** 기사를 바꿉니다(지정된 사람용)',
  reasons: SEED_REFUSALS.ko,
  refused: (reason) => `아무것도 바꾸지 않았습니다: ${reason}`,

  previewTitle: '미리 보기 (아직 저장하지 않음)',
  asFile: (id, characters) => `이름: ${id} · ${characters}자`,
  counts: {
    headline: (n) => `제목 ${n}`,
    dateline: (n) => `날짜 ${n}`,
    body: (n) => `문단 ${n}`,
    caption: (n) => `사진 설명 ${n}`,
    credit: (n) => `제공 ${n}`,
    noise: (n) => `인용하지 않는 부분 ${n}`,
  },
  units: (sentences, passages) => `문장 ${sentences}개, 검색 단위 ${passages}개`,
  kinds: {
    headline: '제목',
    dateline: '날짜',
    body: '문단',
    caption: '사진 설명',
    credit: '제공',
    noise: '인용하지 않음',
  },
  more: (count) => `외 ${count}개`,
  invisible: (count, codes) => `보이지 않는 문자가 ${count}개 있습니다(${codes}). 인용문에 그대로 남습니다.`,
  samples: '이 기사만으로 답할 수 있는 질문',
  noSamples: '확실히 답하는 예시 질문을 만들지 못했습니다.',
  beginningOnly: '글이 길어 앞부분에만 물어보았습니다.',
  save: '저장',
  discard: '버리기',
  discarded: '버렸습니다. 저장한 것은 없습니다.',
  draftGone: '그 미리 보기는 더 이상 없습니다. 이미 저장했거나 버렸거나 너무 오래되었습니다.',
  saved: (id) => `저장했습니다: ${id}`,

  removeTitle: '이 기사를 삭제할까요?',
  removeNote: '더 이상 이 기사로 답하지 않습니다. /기사 복원 명령어로 되돌릴 수 있습니다.',
  remove: '삭제',
  keep: '그대로 두기',
  kept: '그대로 두었습니다.',
  removed: (id) => `삭제했습니다: ${id}. /기사 복원 명령어로 되돌릴 수 있습니다.`,
  restored: (id) => `복원했습니다: ${id}`,
  edited: (id, fields) => `수정했습니다: ${id} (${fields})`,
  sameAsBefore: '이미 그렇게 되어 있어 아무것도 바꾸지 않았습니다.',

  pasteTitle: '기사 붙여 넣기',
  pasteText: '기사 (제목부터)',
  pasteMore: '이어지는 부분',
  editTitle: '기사 정보',
  title: '제목',
  publisher: '언론사',
  updated: '날짜',
  updatedHint: '예: 2018-09-17, 2018-09-17T12:09. 비우면 글에 적힌 대로 합니다',
  url: '주소',
  aliases: '별칭',
  aliasesHint: '같은 것의 이름을 한 줄에: South Korea = ROK',
  editedMeanwhile: '아무것도 바꾸지 않았습니다. 그사이 다른 사람이 수정했으니 창을 다시 열어 주세요.',
  wrongUrl: (given) => `${given}: 주소가 아닙니다. https:// 또는 http://로 시작해야 합니다`,
  wrongDate: (given) => `${given}: 날짜로 읽을 수 없습니다. 2018-09-17 또는 2018-09-17T12:09처럼 써 주세요`,
  wrongAliases: (given) => `${given}: 같은 것의 이름을 A = B처럼 한 줄에 하나씩 써 주세요`,
};

const zhCN: SeedChangeWords = {
  mayNot:
    '只有运营者指定的人可以更改文章（ADMIN_USER_IDS、ADMIN_ROLE_IDS）；若未指定任何人，且我只在一个服务器中，则为管理该服务器的人。',
  oneSource: '请只提供文件或网址之一；两者都没有时，会打开一个表单供粘贴文字。',
  help: '**/文章 添加**、**/文章 编辑**、**/文章 移除**、**/文章 恢复** 更改文章（限指定的人）',
  reasons: SEED_REFUSALS['zh-CN'],
  refused: (reason) => `未作任何更改：${reason}`,

  previewTitle: '预览（尚未保存）',
  asFile: (id, characters) => `名称：${id} · ${characters} 个字符`,
  counts: {
    headline: (n) => `标题 ${n}`,
    dateline: (n) => `日期 ${n}`,
    body: (n) => `段落 ${n}`,
    caption: (n) => `图片说明 ${n}`,
    credit: (n) => `署名 ${n}`,
    noise: (n) => `不引用的内容 ${n}`,
  },
  units: (sentences, passages) => `${sentences} 句，检索单元 ${passages} 个`,
  kinds: {
    headline: '标题',
    dateline: '日期',
    body: '段落',
    caption: '图片说明',
    credit: '署名',
    noise: '不引用',
  },
  more: (count) => `另有 ${count} 处`,
  invisible: (count, codes) => `其中有 ${count} 个不可见字符（${codes}），引文会原样保留。`,
  samples: '仅凭这篇文章即可回答的问题',
  noSamples: '未能从中得出它确实能回答的示例问题。',
  beginningOnly: '文章较长，只试问了开头部分。',
  save: '保存',
  discard: '放弃',
  discarded: '已放弃，未保存任何内容。',
  draftGone: '该预览已不存在：已保存、已放弃，或时间太久。',
  saved: (id) => `已保存为 ${id}。`,

  removeTitle: '移除这篇文章？',
  removeNote: '此后不再用它回答；可用 /文章 恢复 找回。',
  remove: '移除',
  keep: '保留',
  kept: '已保留，未作更改。',
  removed: (id) => `已移除：${id}。可用 /文章 恢复 找回。`,
  restored: (id) => `已恢复为 ${id}。`,
  edited: (id, fields) => `已编辑：${id}（${fields}）。`,
  sameAsBefore: '未作更改：内容与之前相同。',

  pasteTitle: '粘贴文章',
  pasteText: '文章，标题在前',
  pasteMore: '后续部分（如有）',
  editTitle: '文章信息',
  title: '标题',
  publisher: '媒体',
  updated: '日期',
  updatedHint: '如 2018-09-17 或 2018-09-17T12:09；清空则以文中所写为准',
  url: '网址',
  aliases: '别名',
  aliasesHint: '同一事物的名称写在一行：South Korea = ROK',
  editedMeanwhile: '未作任何更改：期间有人编辑了这篇文章，请重新打开表单。',
  wrongUrl: (given) => `${given} 不是网址；请以 https:// 或 http:// 开头`,
  wrongDate: (given) => `${given} 不是可识别的日期；请写作 2018-09-17 或 2018-09-17T12:09`,
  wrongAliases: (given) => `${given}：请将同一事物的名称写作 A = B，每行一组`,
};

const ja: SeedChangeWords = {
  mayNot:
    '記事を変更できるのは、運営者が指定した人だけです（ADMIN_USER_IDS、ADMIN_ROLE_IDS）。誰も指定されておらず、私が1つのサーバーだけにいる場合は、そのサーバーを管理する人です。',
  oneSource:
    'ファイルかアドレスのどちらか一方を指定してください。どちらもなければ、本文を貼る画面が開きます。',
  help: '**/記事 追加**、**/記事 編集**、**/記事 削除**、**/記事 復元** 記事を変更します（指定された人用）',
  reasons: SEED_REFUSALS.ja,
  refused: (reason) => `何も変更していません: ${reason}`,

  previewTitle: 'プレビュー（未保存）',
  asFile: (id, characters) => `名前: ${id} · ${characters}文字`,
  counts: {
    headline: (n) => `見出し ${n}`,
    dateline: (n) => `日付 ${n}`,
    body: (n) => `段落 ${n}`,
    caption: (n) => `写真説明 ${n}`,
    credit: (n) => `クレジット ${n}`,
    noise: (n) => `引用しない部分 ${n}`,
  },
  units: (sentences, passages) => `${sentences}文、検索単位 ${passages}件`,
  kinds: {
    headline: '見出し',
    dateline: '日付',
    body: '段落',
    caption: '写真説明',
    credit: 'クレジット',
    noise: '引用しない部分',
  },
  more: (count) => `ほか ${count} 件`,
  invisible: (count, codes) => `見えない文字が ${count} 個あります（${codes}）。引用にもそのまま残ります。`,
  samples: 'この記事だけで答えられる質問',
  noSamples: '確実に答えられる質問の例を作れませんでした。',
  beginningOnly: '長いので、冒頭だけで試しました。',
  save: '保存',
  discard: '破棄',
  discarded: '破棄しました。何も保存していません。',
  draftGone: 'そのプレビューはもうありません。保存済みか、破棄したか、時間が経ちすぎています。',
  saved: (id) => `${id} として保存しました。`,

  removeTitle: 'この記事を削除しますか？',
  removeNote: '以後この記事からは答えません。/記事 復元 で元に戻せます。',
  remove: '削除',
  keep: '残す',
  kept: 'そのまま残しました。',
  removed: (id) => `削除しました: ${id}。/記事 復元 で元に戻せます。`,
  restored: (id) => `${id} として復元しました。`,
  edited: (id, fields) => `編集しました: ${id}（${fields}）。`,
  sameAsBefore: '変更はありません。すでにその内容です。',

  pasteTitle: '記事を貼り付ける',
  pasteText: '記事（見出しから）',
  pasteMore: '続き（長い場合）',
  editTitle: '記事の情報',
  title: 'タイトル',
  publisher: '媒体',
  updated: '日付',
  updatedHint: '例: 2018-09-17、2018-09-17T12:09。空にすると本文の記載に従います',
  url: 'アドレス',
  aliases: '別名',
  aliasesHint: '同じものの名前を1行に: South Korea = ROK',
  editedMeanwhile: '何も変更していません。その間に別の人が編集しました。もう一度フォームを開いてください。',
  wrongUrl: (given) => `${given}: アドレスではありません。https:// か http:// で始めてください`,
  wrongDate: (given) =>
    `${given}: 日付として読めません。2018-09-17 か 2018-09-17T12:09 のように書いてください`,
  wrongAliases: (given) => `${given}: 同じものの名前を A = B のように1行に1組ずつ書いてください`,
};

/** By Discord's locale codes. */
export const SEED_CHANGES = { en, ko, 'zh-CN': zhCN, ja };
