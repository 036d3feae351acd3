"""Make resources/pinyin/ from pypinyin (a development dependency): `python build_spec/make_pinyin.py`."""

from collections import Counter, defaultdict
from pathlib import Path

from pypinyin.constants import PHRASES_DICT, PINYIN_DICT
from pypinyin.contrib.tone_convert import to_normal

OUT = Path(__file__).parent.parent / "resources" / "pinyin"

# Interjections have syllables that nobody would type; they get the nearest one that people do type.
ODD = {"ê": "ei", "m": "mu", "n": "en", "ng": "en", "hm": "heng", "hng": "heng"}

# A reading is kept when pypinyin's 47,111 words use it often enough; a character of few words keeps its dictionary's.
OFTEN, SHARE, FEW, MOST = 5, 0.05, 5, 4

# Readings that live in names of places and firms more than in words.
PLACES = (
    "埔bu 堡pu 堡bu 六lu 台tai 番pan 阿e 荥xing 铅yan 涡guo 泌bi 洞tong 柏bo 枞zong 浚xun 蔚yu 莘shen 莘xin "
    "单shan 尉yu 会kuai 会gui 厦xia 厦sha 乐le 乐yue 蚌beng 蚌bang 行hang 行xing 重chong 重zhong 长chang 长zhang "
    "朝chao 朝zhao 都du 都dou 朴piao 朴pu 朴po 区ou 盖ge 黑he 拓ta 拓tuo 炅gui 炅jiong 珏jue 甯ning 昇sheng "
    "婧jing 玥yue 祎yi 喆zhe 堃kun"
)

SURNAMES = (
    "单shan 曾zeng 解xie 仇qiu 查zha 区ou 朴piao 盖ge 乐yue 覃qin 覃tan 召shao 翟zhai 任ren 华hua 宁ning 冼xian "
    "缪miao 秘bi 种chong 员yun 逄pang 逯lu 贾jia 尹yin 车che 石shi 费fei 费bi 葛ge 过guo 哈ha 纪ji 靳jin 句gou "
    "勾gou 晁chao 朝chao 谌chen 谌shen 褚chu 揣chuai 郇xun 郇huan 隗wei 隗kui 郗xi 郗chi 祭zhai 折she 佘she 厍she "
    "黑he 那na 能nai 牟mou 牟mu 宓mi 乜nie 繁po 逢pang 蒲pu 卜bu 薄bo 柏bai 呙guo 幺yao 应ying 尉wei 燕yan 於yu "
    "臧zang 訾zi 冯feng 盛sheng 沈shen 谷gu 俞yu 适kuo 撒sa 塔ta 占zhan 仉zhang 竺zhu 殷yin 恽yun 郁yu 昝zan "
    "缴jiao 瞿qu 少shao 万wan 瓮weng 鲜xian 行xing 澹tan 宿su 邸di 令ling 曲qu 贲ben 贲bi 洪hong 夹jia 筰zuo 弥mi "
    "莫mo 庞pang 邳pi 戚qi 阚kan 麴qu 乾qian 丌ji 朱zhu 笮ze 晟cheng 晟sheng"
)
DOUBLE_SURNAMES = (
    "尉迟yu,chi 长孙zhang,sun 万俟mo,qi 澹台tan,tai 单于chan,yu 令狐ling,hu 濮阳pu,yang 淳于chun,yu 呼延hu,yan "
    "赫连he,lian 皇甫huang,fu 司徒si,tu 司马si,ma 上官shang,guan 欧阳ou,yang 诸葛zhu,ge 夏侯xia,hou 东方dong,fang "
    "公孙gong,sun 慕容mu,rong 宇文yu,wen 轩辕xuan,yuan 钟离zhong,li 闾丘lv,qiu 鲜于xian,yu 亓官qi,guan "
    "仉督zhang,du 子车zi,ju 颛孙zhuan,sun 端木duan,mu 巫马wu,ma 公西gong,xi 漆雕qi,diao 乐正yue,zheng 壤驷rang,si "
    "公良gong,liang 拓跋tuo,ba 夹谷jia,gu 宰父zai,fu 谷梁gu,liang 百里bai,li 东郭dong,guo 南门nan,men "
    "羊舌yang,she 微生wei,sheng 梁丘liang,qiu 左丘zuo,qiu 西门xi,men 第五di,wu"
)
# Words of firms and places where the usual reading of a character is not the right one: they decide the order of lists.
WORDS = (
    "重庆chong,qing 重组chong,zu 银行yin,hang 商行shang,hang 车行che,hang 行业hang,ye 同行tong,hang 洋行yang,hang "
    "厦门xia,men 大厦da,sha 乐清yue,qing 音乐yin,yue 会计kuai,ji 会稽kuai,ji 成都cheng,du 首都shou,du 都市du,shi "
    "六安lu,an 番禺pan,yu 东阿dong,e 荥阳xing,yang 铅山yan,shan 涡阳guo,yang 泌阳bi,yang 洪洞hong,tong "
    "枞阳zong,yang 浚县xun,xian 蔚县yu,xian 莘县shen,xian 莘庄xin,zhuang 单县shan,xian 尉犁yu,li 蚌埠beng,bu "
    "黄埔huang,pu 大埔da,bu 长沙chang,sha 长春chang,chun 长江chang,jiang 长城chang,cheng 长安chang,an "
    "长治chang,zhi 长乐chang,le 乐山le,shan 朝阳chao,yang 台州tai,zhou 丽水li,shui 亳州bo,zhou 大连da,lian "
    "传媒chuan,mei 参茸shen,rong 人参ren,shen 海参hai,shen 西藏xi,zang 调味tiao,wei 空调kong,tiao 中药zhong,yao "
    "数据shu,ju 系统xi,tong 给水ji,shui 供给gong,ji 红薯hong,shu 地质di,zhi 地产di,chan 建行jian,hang "
    "农行nong,hang 工行gong,hang 分行fen,hang 支行zhi,hang 总行zong,hang 校长xiao,zhang 行长hang,zhang "
    "会长hui,zhang 厂长chang,zhang 董事长dong,shi,zhang 院长yuan,zhang 成长cheng,zhang 重工zhong,gong "
    "重型zhong,xing"
)


def plain(syllable: str) -> str:
    """The syllable as it is typed: without tone, ü as v."""
    bare = to_normal(syllable, v_to_u=False)
    return ODD.get(bare, bare)


def all_readings() -> dict[str, list[str]]:
    """Each character's readings worth keeping, the usual one first."""
    words: dict[str, Counter[str]] = defaultdict(Counter)
    for word, syllables in PHRASES_DICT.items():
        if len(word) == len(syllables):
            for char, syllable in zip(word, syllables, strict=True):
                words[char][plain(syllable[0])] += 1
    result = {}
    for code, text in PINYIN_DICT.items():
        char = chr(code)
        known = list(dict.fromkeys(plain(s) for s in text.split(",")))
        used, total = words[char], words[char].total()
        if total >= FEW:
            common = [s for s, n in used.items() if n >= OFTEN or (n >= 2 and n >= SHARE * total)]
            known = sorted(dict.fromkeys([known[0], *common]), key=lambda s: -used[s])
        result[char] = known[:MOST]
    for char, syllable in singles(PLACES):
        if syllable not in result[char]:
            result[char].append(syllable)
    return result


def singles(text: str) -> list[tuple[str, str]]:
    return [(entry[0], entry[1:]) for entry in dict.fromkeys(text.split())]


def lines_of(text: str) -> list[str]:
    """`重庆chong,qing` as a line `重庆 chong qing`."""
    entries = []
    for entry in dict.fromkeys(text.split()):
        at = next(i for i, c in enumerate(entry) if c.isascii())
        entries.append(f"{entry[:at]} {entry[at:].replace(',', ' ')}")
    return entries


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    table: dict[str, list[list[str]]] = defaultdict(lambda: [[], [], [], [], []])
    known = all_readings()
    for char, syllables in sorted(known.items()):
        for rank, syllable in enumerate(syllables[:5]):
            table[syllable][rank].append(char)
    readings = []
    for syllable in sorted(table):
        columns = ["".join(chars) for chars in table[syllable]]
        readings.append("\t".join([syllable, *columns]).rstrip("\t"))
    surnames = " ".join(c + s for c, s in singles(SURNAMES) if known[c] != [s])  # the rest is read as everywhere
    files = {
        "readings.txt": readings,
        "surnames.txt": lines_of(f"{surnames} {DOUBLE_SURNAMES}"),
        "words.txt": lines_of(WORDS),
    }
    for name, lines in files.items():
        (OUT / name).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
