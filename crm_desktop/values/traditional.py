"""Traditional characters that company and personal names are written with, as simplified ones, for comparing names."""

from __future__ import annotations

from typing import Final

_PAIRS: Final = (
    "華华東东電电機机業业國国際际貿贸實实廠厂廣广門门區区縣县鎮镇鄉乡灣湾島岛龍龙鳳凤馬马鳥鸟魚鱼麗丽飛飞騰腾鴻鸿鵬鹏鷹鹰"
    "興兴榮荣達达運运輸输遠远進进連连遼辽邁迈寧宁滬沪漢汉濟济溫温滿满滄沧澤泽潔洁濱滨瀋沈灘滩淨净湯汤蘇苏蘭兰藍蓝藝艺"
    "葉叶蔣蒋蕭萧薩萨藥药莊庄萬万葦苇勝胜勞劳務务動动勁劲勵励創创劉刘劍剑劃划則则剛刚剝剥匯汇協协單单衛卫厲厉歷历參参"
    "雙双發发變变號号員员問问啟启團团園园圍围圖图圓圆聖圣場场塊块堅坚塗涂塵尘墊垫壓压壞坏壯壮聲声殼壳處处備备復复頭头"
    "奪夺奮奋奧奥婦妇媽妈孫孙學学寶宝審审宮宫寬宽賓宾對对尋寻導导將将爾尔嘗尝層层屬属岡冈崗岗峽峡嶺岭幣币師师帶带幫帮幹干"
    "廟庙廢废廬庐應应慶庆張张彈弹強强彌弥彎弯錄录徑径徹彻恆恒憶忆態态憲宪愛爱懷怀戰战戲戏戶户擴扩執执護护報报擔担據据揚扬"
    "換换損损搖摇擇择擊击敵敌數数斷断時时曠旷曉晓暉晖曆历術术權权條条來来楊杨極极構构樞枢槍枪楓枫橋桥檔档檢检樣样樹树樓楼"
    "標标橫横歐欧歲岁殘残氣气氫氢決决況况沖冲淚泪測测濃浓漿浆潤润漁渔渦涡漸渐淵渊滾滚濕湿濾滤灑洒為为烏乌靈灵災灾爐炉點点"
    "煉炼熱热煙烟燒烧燈灯營营爍烁牆墙獨独獅狮獎奖獲获瑪玛環环現现瓊琼產产畫画當当疊叠療疗癒愈皚皑盤盘監监蓋盖礦矿碼码磚砖"
    "確确礎础禮礼禪禅種种積积稱称穩稳窯窑窩窝競竞筆笔築筑簡简籃篮類类糧粮緊紧紀纪純纯紗纱納纳紅红紙纸級级紡纺紋纹細细終终"
    "組组結结絲丝給给統统絕绝經经綠绿維维網网綜综綱纲緣缘線线編编練练縱纵總总績绩織织繩绳繪绘繼继續续纖纤羅罗義义習习聯联"
    "職职腦脑膠胶臉脸臨临艦舰艙舱艷艳蟲虫螢萤補补裝装製制複复見见規规視视覽览覺觉觀观計计訂订認认討讨訓训記记設设許许"
    "評评詞词試试詩诗話话誠诚誌志語语說说請请諾诺課课調调談谈論论諮咨謝谢證证識识譽誉讀读豐丰財财貨货販贩質质購购費费貴贵"
    "買买賣卖賀贺資资賈贾賴赖贊赞贏赢趙赵趨趋躍跃車车軌轨軍军軒轩軟软載载輕轻輝辉輪轮輯辑轉转辦办農农邊边鄧邓鄭郑鄒邹郵邮"
    "醫医釀酿釋释裡里針针釘钉鈦钛鈉钠鋼钢鋁铝銀银銅铜銘铭銳锐鋒锋鋪铺鋰锂錦锦錢钱錫锡鍋锅鍵键鍛锻鎖锁鎳镍鏈链鏡镜鐘钟鐵铁鑄铸"
    "鑽钻長长開开間间閃闪閣阁閥阀關关陽阳陰阴陸陆陳陈隊队階阶雲云霧雾靜静響响頁页項项順顺須须預预領领頻频題题顏颜"
    "絡络註注負负責责傳传願愿顧顾風风飯饭飲饮飼饲飾饰餅饼館馆駐驻駕驾駿骏騎骑驗验驅驱鬆松鮮鲜鯨鲸鹽盐麥麦黃黄齊齐齒齿體体"
)
_IN_HEADINGS: Final = str.maketrans(
    "帐帳銜訪內價別訴賠償狀與約後遞係離遠戶稱會籤繫謂", "账账衔访内价别诉赔偿状与约后递系离远户称会签系谓"
)
"""Characters of headings, and those people mix up; kept apart from those of names, by which names are stored."""
_TABLE: Final = str.maketrans(_PAIRS[::2], _PAIRS[1::2])


def simplified(text: str) -> str:
    """The text with the traditional characters that are common in names written as simplified ones.

    A table of some 480 characters, not a converter: good for comparing names, not for showing them.
    """
    return text.translate(_TABLE)


def simplified_heading(text: str) -> str:
    """A heading in simplified characters: those of names, and those only headings are written with."""
    return simplified(text).translate(_IN_HEADINGS)
