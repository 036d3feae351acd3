"""Whether a word is a person's name, a job or a company, by how it is written: for text without headings."""

from __future__ import annotations

import re
from typing import Final

_SURNAMES: Final = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁"
    "葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘"
    "景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏"
    "栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺"
)
_TWO: Final = re.compile(
    "欧阳|司徒|上官|尉迟|诸葛|皇甫|夏侯|令狐|司马|东方|慕容|公孙|长孙|宇文|赫连|端木|轩辕|百里|呼延|南宫"
)
_JOB: Final = re.compile(
    r".{0,6}(?:总经理|副总|经理|总监|主任|主管|厂长|店长|校长|院长|处长|科长|部长|局长|董事长|董事|会计|出纳|财务|采购员?|业务员|"
    r"销售员?|工程师|技术员|助理|秘书|文员|老板|负责人|法人|法定代表人|店员|教师|老师|医生|主席|总裁|CEO|CTO|CFO|COO)(?:兼.{1,8})?",
    re.I,
)
_ADDRESSED: Final = re.compile(
    r"(?:总|董|工|姐|哥|叔|姨|先生|女士|小姐|经理|主任|厂长|老师|老板|医生|师傅|会计|处长|科长|店长|部长|局长|院长|校长)"
)
_COMPANY: Final = re.compile(
    r"公司|集团|[厂店铺部院校所社行馆城会]$|[中小大]学$|幼儿园$|中心|银行|学校|酒店|政府|委员会|协会|事务所|工作室|合作社|Ltd\b|Limited|Inc\b|Co\b|GmbH|LLC|Corp",
    re.I,
)
_NO_GIVEN: Final = re.compile(r"[省市区县镇乡村路街道号楼栋室厂店公司]")


def is_person(text: str) -> bool:
    """Whether a text looks like the name of a person: 张三, 欧阳锋, 王总, 李经理, 陈小姐; Chinese names only."""
    text = text.strip()
    if not 2 <= len(text) <= 6 or not re.fullmatch(r"[\u3400-\u9fff·]+", text):
        return False
    rest = text[2:] if _TWO.match(text) else text[1:] if text[0] in _SURNAMES else ""
    if not rest:
        return False
    if _ADDRESSED.fullmatch(rest):
        return True
    addressed = _ADDRESSED.search(rest, 1)
    if addressed and addressed.end() == len(rest):
        rest = rest[: addressed.start()]
    return len(rest) <= 2 and not _NO_GIVEN.search(rest)


def is_job(text: str) -> bool:
    """Whether a text names what somebody does: 销售经理, 财务, 总经理."""
    return _JOB.fullmatch(text.strip()) is not None


def is_company(text: str) -> bool:
    """Whether a text looks like the name of a firm, shop or institution."""
    return _COMPANY.search(text.strip()) is not None
