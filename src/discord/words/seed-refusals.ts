import { REFUSALS, type Refusals } from '../../seeds/seed-refusal.ts';

const ko: Refusals = {
  only: () => '하나뿐인 기사라서 없으면 답할 것이 없습니다. 먼저 다른 기사를 추가해 주세요',
  notRemoved: (name) => `${name}: 그런 이름으로 삭제한 기사가 없습니다`,
  tooMany: (count) => `이미 기사가 ${count}개로 한도에 이르렀습니다. 먼저 몇 개를 삭제해 주세요`,
  there: (id) => `그 기사는 이미 ${id}(으)로 있습니다`,
  gone: (id) => `${id}: 그 기사는 이제 없습니다. /기사 목록에서 확인해 주세요`,
  inTheWay: (file) => `${file} 파일이 이미 있습니다. 먼저 지워 주세요`,
  kind: (name) => `${name}: 기사가 아닙니다. .txt, .md 또는 .html 파일을 주세요`,
  tooLarge: (name) => `${name}: 2 MiB보다 큽니다. 나누거나 본문만 보내 주세요`,
  encoding: (label) => `페이지가 ${label} 텍스트가 아닙니다. UTF-8로 저장해 주세요`,
  tangled: () => '페이지가 너무 크거나 복잡해 읽을 수 없습니다. 기사를 텍스트로 저장해 주세요',
  noArticle: () => '페이지에서 기사를 찾지 못했습니다. 기사를 텍스트로 저장해 주세요',
  noAddress: (given) => `${given}: 주소가 아닙니다. https://로 시작해야 합니다`,
  notAllowed: (host) => `${host}: 여기서는 기사를 가져오지 않습니다. SEED_URLS에 넣거나 파일을 보내 주세요`,
  notPublic: (address) => `${address}: 내부 주소라서 기사를 가져오지 않습니다`,
  sentOn: (address) => `${address}: 다른 주소로 너무 여러 번 넘어갑니다. 마지막 주소를 주세요`,
  answered: (host, what) => `${host}: 응답이 ${what}입니다. 주소를 확인해 주세요`,
  notFetched: (address, reason) => `${address}: 가져오지 못했습니다(${reason}). 나중에 다시 해 주세요`,
};

const zhCN: Refusals = {
  only: () => '这是唯一的文章，没有它就无从回答；请先添加另一篇',
  notRemoved: (name) => `${name}：没有移除过这个名称的文章`,
  tooMany: (count) => `已有 ${count} 篇文章，达到上限；请先移除一些`,
  there: (id) => `这篇文章已存在，名称为 ${id}`,
  gone: (id) => `${id}：这篇文章已不存在；可用 /文章 列表 查看`,
  inTheWay: (file) => `${file} 已存在；请先删除它`,
  kind: (name) => `${name}：不是文章；请提供 .txt、.md 或 .html 文件`,
  tooLarge: (name) => `${name}：超过 2 MiB；请拆分，或只发送正文`,
  encoding: (label) => `该网页不是 ${label} 文本；请另存为 UTF-8`,
  tangled: () => '该网页过大或过于复杂，无法读取；请将文章另存为文本',
  noArticle: () => '网页中没有找到文章；请将文章另存为文本',
  noAddress: (given) => `${given}：不是网址；请以 https:// 开头`,
  notAllowed: (host) => `${host}：不从该处获取文章；请在 SEED_URLS 中写明，或发送文件`,
  notPublic: (address) => `${address}：内部地址，不从该处获取文章`,
  sentOn: (address) => `${address}：跳转次数过多；请提供最终网址`,
  answered: (host, what) => `${host}：返回了 ${what}；请检查网址`,
  notFetched: (address, reason) => `${address}：无法获取（${reason}）；请稍后再试`,
};

const ja: Refusals = {
  only: () => '唯一の記事なので、なくなると答えるものがありません。先に別の記事を追加してください',
  notRemoved: (name) => `${name}: その名前で削除した記事はありません`,
  tooMany: (count) => `記事がすでに ${count} 件あり、上限です。先にいくつか削除してください`,
  there: (id) => `その記事はすでに ${id} としてあります`,
  gone: (id) => `${id}: その記事はもうありません。/記事 一覧 で確かめてください`,
  inTheWay: (file) => `${file} がすでにあります。先に消してください`,
  kind: (name) => `${name}: 記事ではありません。.txt、.md、.html のファイルをください`,
  tooLarge: (name) => `${name}: 2 MiB を超えています。分けるか、本文だけを送ってください`,
  encoding: (label) => `ページは ${label} のテキストではありません。UTF-8 で保存してください`,
  tangled: () => 'ページが大きすぎるか複雑すぎて読めません。記事をテキストで保存してください',
  noArticle: () => 'ページに記事が見つかりません。記事をテキストで保存してください',
  noAddress: (given) => `${given}: アドレスではありません。https:// で始めてください`,
  notAllowed: (host) => `${host}: そこからは記事を取得しません。SEED_URLS に書くか、ファイルを送ってください`,
  notPublic: (address) => `${address}: 内部のアドレスなので、記事を取得しません`,
  sentOn: (address) => `${address}: 転送が多すぎます。最後のアドレスをください`,
  answered: (host, what) => `${host}: 応答は ${what} でした。アドレスを確かめてください`,
  notFetched: (address, reason) => `${address}: 取得できません（${reason}）。後でもう一度試してください`,
};

/** By Discord's locale codes. */
export const SEED_REFUSALS = { en: REFUSALS as Refusals, ko, 'zh-CN': zhCN, ja };
