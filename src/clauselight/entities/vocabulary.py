"""Words that names of organisations are made of: places, trades, legal forms.

Chinese company names are region + own name (字号) + trade + legal form, in this order (Provisions on Enterprise Name
Registration, 企业名称登记管理规定, article 6).
"""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


#: provinces, prefecture-level cities and some county-level ones, without the endings of their full names
PLACES_ZH = frozenset(
    _words(
        """
        中国 中华 全国 北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南
        广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门 石家庄 唐山 秦皇岛 邯郸
        邢台 保定 张家口 承德 沧州 廊坊 衡水 太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁 呼和浩特 包头
        乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦
        铁岭 朝阳 葫芦岛 长春 四平 辽源 通化 白山 松原 白城 哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河
        牡丹江 黑河 绥化 南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 杭州 宁波 温州 嘉兴 湖州
        绍兴 金华 衢州 舟山 台州 丽水 合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州
        宣城 福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德 南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶
        济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽 郑州 开封 洛阳 平顶山 安阳
        鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店 武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州
        黄冈 咸宁 随州 恩施 长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 湘西 广州 韶关 深圳
        珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山 潮州 揭阳 云浮 南宁 柳州 桂林
        梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左 海口 三亚 成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁
        内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳 贵阳 六盘水 遵义 安顺 毕节 铜仁 昆明 曲靖 玉溪 保山 昭通
        丽江 普洱 临沧 大理 拉萨 日喀则 昌都 林芝 西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛 兰州 嘉峪关 金昌
        白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 西宁 海东 银川 石嘴山 吴忠 固原 中卫 乌鲁木齐 克拉玛依 吐鲁番
        哈密 阿克苏 喀什 和田 伊犁 昌吉 石河子 昆山 江阴 张家港 常熟 义乌 慈溪 余姚 晋江 石狮
        """
    )
)

#: endings of a region's full name
PLACE_ENDINGS_ZH = ("维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "特别行政区", "省", "市")

_TRADES_ZH = _words(
    """
    数字技术 信息技术 网络技术 通信技术 电子技术 智能技术 安全技术 系统技术 计算机 人工智能 物联网 互联网 大数据
    云计算 机器人 集成电路 半导体 数字 科技 技术 网络 信息 电子 通信 通讯 智能 智慧 视觉 识别 数据 软件 系统 工程
    发展 开发 实业 投资 控股 设备 服务 文化 传媒 安防 安全 消防 电气 电力 电器 光电 光学 仪器 仪表 机电 自动化 机械
    汽车 汽车技术 汽车电子 存储 存储技术 影像 影像技术 微影 检测 咨询 贸易 商贸 销售 建设 建筑 装饰 物业 物流 能源
    环保 生物 医疗 医药 教育 培训 金融 银行 保险 证券 财务 地产 房地产 置业 租赁 高科技 高新技术 新技术 产业 制造
    材料 股权 管理 企业管理 运营 数码 交通 轨道交通 出行 停车 物联 云 监控 监控技术 显示 照明 集团 衡器 智能识别
    智能科技 数据技术 系统集成 民用 智能家居 慧影 睿影 系统工程 航空 航天 海洋 农业 食品 餐饮 酒店 旅游 会计师事务所
    律师事务所
    """
)
#: longest first, so that a longer trade is not taken for a shorter one
TRADES_ZH = tuple(sorted(_TRADES_ZH, key=len, reverse=True))

#: legal forms of companies; names of different classes (a company, a body, a branch) are not one organisation
LEGAL_ZH = (
    "集团股份有限公司", "股份有限公司", "股份公司", "集团有限责任公司", "有限责任公司", "集团有限公司", "有限公司",
    "总公司", "集团公司", "公司",
)  # fmt: skip
#: endings of bodies that are no company
BODIES_ZH = (
    "检测中心", "监督检验中心", "研究设计院", "设计研究院", "设计院", "研究总院", "研究院", "研究所", "研究中心",
    "科学院", "大学", "学院", "学校", "中学", "小学", "医院", "银行", "协会", "学会", "联合会", "联盟", "委员会",
    "基金会", "事务所", "支队", "总队", "大队", "派出所", "分局", "公安厅", "公安局", "管理局", "监督局", "总局",
    "局", "厅", "部", "处", "站", "中心", "合作社", "厂", "店", "经营部",
)  # fmt: skip
#: endings of what belongs to a company and is not the company
BRANCH_ZH = (
    "分公司", "子公司", "办事处", "代表处", "分院", "分校", "分部", "分行", "支行", "分所", "分店", "事业部",
    "研究院", "代理商", "经销商", "总代理",
)  # fmt: skip

#: countries, regions and Chinese cities in English names
PLACES_EN = frozenset(
    _words(
        """
        china chinese prc beijing tianjin shanghai chongqing hebei shanxi liaoning jilin heilongjiang jiangsu
        zhejiang anhui fujian jiangxi shandong henan hubei hunan guangdong hainan sichuan guizhou yunnan shaanxi
        gansu qinghai taiwan guangxi tibet ningxia xinjiang hongkong macau hangzhou ningbo wenzhou suzhou nanjing
        wuxi changzhou shenzhen guangzhou dongguan zhuhai foshan xiamen fuzhou quanzhou qingdao jinan yantai wuhan
        changsha chengdu xian zhengzhou hefei nanchang kunming guiyang nanning haikou shenyang dalian harbin
        changchun shijiazhuang taiyuan hohhot lanzhou xining yinchuan urumqi lhasa usa us america american uk europe
        european eu germany france italy spain india brazil russia japan korea singapore malaysia thailand vietnam
        indonesia australia canada mexico turkey dubai mea mena asia pacific africa international global overseas
        poland netherlands benelux iberia
        """
    )
)

#: trades in English names, and the words for a kind of body
TRADES_EN = frozenset(
    _words(
        """
        digital technology technologies tech electronics electronic electric network networks networking information
        communication communications telecommunication telecommunications telecom intelligent intelligence smart
        vision software system systems engineering development industry industries industrial investment holdings
        holding equipment device devices service services security solutions solution science scientific data
        robotics robot robots automotive automation research institute university college academy laboratory trading
        trade international semiconductor microelectronics optical imaging storage media culture factory works
        manufacturing cloud computing internet iot ai instruments optics capital bank insurance energy
        """
    )
)

#: one word of each pair is read as the other: plural, short form
SAME_EN = {
    "technologies": "technology",
    "tech": "technology",
    "communications": "communication",
    "telecommunications": "telecommunication",
    "systems": "system",
    "electronics": "electronic",
    "solutions": "solution",
    "services": "service",
    "industries": "industry",
    "networks": "network",
    "devices": "device",
    "instruments": "instrument",
    "sci": "science",
}

#: characters that OCR and typists take for each other; each group is one class
LOOKALIKES = (
    "木本未末术", "己已巳", "干千于", "人入八", "土士", "日曰目", "大太犬", "技枝拔", "浙淅", "威戚咸", "视祝",
    "康庚唐", "杭抗航", "股般", "份分", "限很跟", "司同", "公么", "数教", "字宇宁", "科料", "华毕", "图囤", "网冈",
    "络洛", "旷矿", "商啇", "汤场扬", "云去", "从丛", "力刀九", "东车", "方万", "佳住往", "都郡", "研硏", "究穷",
    "第弟", "所斫", "部邵", "安按", "信倍", "电申", "子予", "通逋", "讯汛", "息恩", "海诲每", "州洲", "江汪",
    "北此", "京亨", "市巿", "上止", "天夫无", "津律", "统绕", "限眼", "责贵", "任仟", "品晶", "检捡", "测侧",
    "中申", "国囯", "苏芬", "达迖",
)  # fmt: skip
