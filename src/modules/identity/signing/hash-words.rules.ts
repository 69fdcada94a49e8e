import type { Text } from '#platform'

/**
 * A hash as a person compares it: the first 96 bits of its SHA-256 as twelve words, one for each octet, and as the same
 * number in digits. docs/standards/signatures.md says how. To find another document with the same words would take 2^96
 * tries.
 *
 * Each Chinese word stands for the English one at its place, as near as a first character of its own allows, and Chinese pages
 * show both: whoever compares two screens may have another language on the other, and so finds there what stands here too,
 * letter by letter. A list of its own for Chinese, as BIP-39 has one of single characters, could be compared with itself
 * alone. On English pages the digits serve for a screen that has Chinese words only.
 */
export const hashWordCount = 12

/**
 * 256 plain words, of which no two begin alike in any of the languages: English, Traditional Chinese, and after `/` Simplified
 * Chinese where it is written otherwise. All of it is for ever, and written out: a converter may change.
 */
export const words: readonly Required<Text>[] = `
  actor 演員/演员, adobe 泥磚/泥砖, agent 代理, alarm 警報/警报, album 相簿, alley 巷子, amber 琥珀,
  anchor 鐵錨/铁锚, angle 角度, apple 蘋果/苹果, apron 圍裙/围裙, arch 拱門/拱门, atlas 圖冊/图册, attic 閣樓/阁楼,
  autumn 秋天, avenue 林蔭道/林荫道, badge 徽章, bagel 貝果/贝果, banjo 班卓琴, barley 大麥/大麦, basket 籃子/篮子,
  beacon 烽火, beard 絡腮鬍/络腮胡, bench 長凳/长凳, bicycle 單車/单车, birch 樺樹/桦树, blanket 毛毯, blossom 花朵,
  boat 小船, bonnet 軟帽/软帽, border 邊界/边界, branch 枝條/枝条, bread 麵包/面包, bridge 橋樑/桥梁,
  bronze 青銅/青铜, brush 刷子, bucket 吊桶, bugle 軍號/军号, butter 牛油, cabin 木屋, cactus 仙人掌,
  camel 駱駝/骆驼, candle 蠟燭/蜡烛, carpet 紅毯/红毯, castle 城堡, cedar 香柏, cellar 酒窖, chalk 粉筆/粉笔,
  cherry 櫻桃/樱桃, cinema 戲院/影院, circle 圓圈/圆圈, citrus 柑橘, clay 黏土, clock 時鐘/时钟, cloud 白雲/白云,
  coast 岸邊/岸边, comet 彗星, copper 紫銅/紫铜, coral 珊瑚, cotton 棉花, cradle 搖籃/摇篮, cricket 蟋蟀,
  crystal 晶體/晶体, curtain 簾幕/帘幕, cushion 坐墊/坐垫, dagger 匕首, daisy 雛菊/雏菊, dancer 舞者,
  diamond 鑽石/钻石, dinner 晚餐, doctor 醫生/医生, dolphin 海豚, donkey 驢子/驴子, dragon 飛龍/飞龙, drum 皮鼓,
  eagle 雄鷹/雄鹰, earth 地球, easel 畫架/画架, echo 回聲/回声, eclipse 日食, elbow 手肘, engine 引擎, envelope 信封,
  fabric 布料, falcon 遊隼/游隼, farmer 農夫/农夫, feather 羽毛, fern 蕨葉/蕨叶, fiddle 二胡, flag 旗幟/旗帜,
  flute 笛子, forest 森林, fossil 化石, fox 狐狸, galaxy 銀河/银河, garden 庭院, garlic 蒜頭/蒜头, gate 閘門/闸门,
  ginger 生薑/生姜, glacier 冰川, globe 球體/球体, gold 純金/纯金, grape 葡萄, gravel 碎石, guitar 六弦琴,
  hammer 鎚子/锤子, harp 豎琴/竖琴, hazel 榛子, hedge 籬笆/篱笆, helmet 頭盔/头盔, heron 蒼鷺/苍鹭, hill 山丘,
  honey 蜂蜜, horse 駿馬/骏马, hotel 旅館/旅馆, hunter 獵人/猎人, icicle 簷冰/檐冰, igloo 雪屋, ink 墨水, iris 鳶尾/鸢尾,
  island 島嶼/岛屿, ivory 象牙, jacket 外套, jaguar 美洲豹, jewel 珠寶/珠宝, jigsaw 拼圖/拼图, journal 期刊,
  jungle 叢林/丛林, juniper 杜松, kettle 熱水壺/热水壶, key 鑰匙/钥匙, kite 風箏/风筝, koala 樹熊/考拉, ladder 梯子,
  lagoon 礁湖, lamp 電燈/电灯, lantern 燈籠/灯笼, lemon 檸檬/柠檬, library 書庫/书库, lily 百合, linen 亞麻/亚麻,
  lion 獅子/狮子, lobster 龍蝦/龙虾, lunch 午餐, magnet 磁石, mango 芒果, maple 楓葉/枫叶, marble 雲石/云石,
  meadow 草原, metal 五金, mirror 鏡子/镜子, moon 月亮, mosaic 鑲嵌畫/镶嵌画, museum 博物館/博物馆, napkin 餐巾,
  needle 針線/针线, nickel 鎳幣/镍币, noodle 湯麵/汤面, north 北方, nutmeg 肉豆蔻, oak 橡樹/橡树, oasis 綠洲/绿洲,
  olive 橄欖/橄榄, onion 洋蔥/洋葱, opera 歌劇/歌剧, orange 橙子, orchid 蘭花/兰花, otter 水獺/水獭,
  owl 貓頭鷹/猫头鹰, oyster 牡蠣/牡蛎, paddle 划槳/划桨, painter 漆匠, palm 棕櫚/棕榈, panda 熊貓/熊猫,
  parrot 鸚鵡/鹦鹉, pasta 意粉/意面, peach 桃子, pearl 珍珠, pebble 卵石, pencil 鉛筆/铅笔, pepper 胡椒, pigeon 鴿子/鸽子,
  pillow 枕頭/枕头, pine 松樹/松树, planet 行星, plum 李子, pocket 口袋, pond 池塘, postman 郵差/邮差, pottery 陶器,
  prism 稜鏡/棱镜, puzzle 謎題/谜题, pyramid 金字塔, queen 女王, quilt 被褥, rabbit 兔子, radio 收音機/收音机,
  rain 下雨, raven 渡鴉/渡鸦, rice 稻米, river 河流, robin 知更鳥/知更鸟, roof 屋頂/屋顶, rope 繩索/绳索,
  ruby 寶石/宝石, sailor 船員/船员, sand 沙子, saturn 土星, scarf 頸巾/颈巾, school 學校/学校, seal 印章,
  shell 螺殼/螺壳, sketch 素描, slipper 拖鞋, snow 積雪/积雪, socks 襪子/袜子, spider 蜘蛛, spoon 調羹/调羹,
  square 方形, stable 馬廄/马厩, star 星星, stone 石頭/石头, sugar 食糖, summer 夏天, teapot 茶壺/茶壶,
  temple 廟宇/庙宇, thimble 頂針/顶针, thunder 雷聲/雷声, tiger 老虎, timber 原木, tomato 番茄, trumpet 喇叭,
  tulip 鬱金香/郁金香, tunnel 隧道, turtle 烏龜/乌龟, umbrella 雨傘/雨伞, uncle 叔叔, velvet 絲絨/丝绒,
  village 村莊/村庄, violin 提琴, volcano 火山, waffle 華夫餅/华夫饼, wagon 篷車/篷车, water 清水, weaver 織工/织工,
  whale 鯨魚/鲸鱼, wheat 麥穗/麦穗, window 窗戶/窗户, winter 冬天, wolf 野狼, wool 羊毛, yacht 帆船,
  yellow 黃色/黄色, yogurt 酸奶, zebra 斑馬/斑马, zipper 拉鏈/拉链
`
  .trim()
  .split(/,\s+/)
  .map((each) => {
    const [en, traditional, simplified = traditional] = each.split(/[ /]/) as [string, string, string?]
    return { en, 'zh-Hant': traditional, 'zh-Hans': simplified }
  })

/** `hash` in hex → four words on each of three lines. */
export function hashWords(hash: string): Required<Text>[][] {
  const bytes = Buffer.from(hash, 'hex').subarray(0, hashWordCount)
  return [0, 4, 8].map((from) => [...bytes.subarray(from, from + 4)].map((byte) => words[byte]!))
}

/** The same 96 bits as a decimal number of 32 digits, in groups of four. */
export function hashDigits(hash: string): string[] {
  const number = BigInt(`0x${hash.slice(0, hashWordCount * 2)}`)
  return number.toString().padStart(32, '0').match(/.{4}/g)!
}
