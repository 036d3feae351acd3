"""Light and dark: colours by meaning, the palette, the font, the style sheet and the icons that follow them."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from crm_desktop.paths import resource
from ui import preferences
from ui.style import STYLE

Tone = Literal[
    "text", "muted", "accent", "overdue", "due", "good",  # what words are written in: 4.5 : 1 on the grounds
    "on_accent", "window", "surface", "line", "edge", "hover", "selected",
]  # fmt: skip
WORDS: tuple[Tone, ...] = ("text", "muted", "accent", "overdue", "due", "good")

LIGHT: dict[Tone, str] = {
    "text": "#1D2129", "muted": "#646B79", "accent": "#2563EB", "overdue": "#C62828", "due": "#8F5400",
    "good": "#137A3A", "on_accent": "#FFFFFF", "window": "#F5F6F8", "surface": "#FFFFFF", "line": "#E3E6EB",
    "edge": "#C9CED6", "hover": "#F0F3F8", "selected": "#E4EDFE",
}  # fmt: skip
DARK: dict[Tone, str] = {
    "text": "#E6E8EC", "muted": "#9AA1AC", "accent": "#6BA1FF", "overdue": "#FF8A80", "due": "#F0B54A",
    "good": "#5CCB8D", "on_accent": "#0E1726", "window": "#17191D", "surface": "#1F2227", "line": "#30343B",
    "edge": "#454B55", "hover": "#272B31", "selected": "#26354F",
}  # fmt: skip

CHINESE_FONTS = (
    "Microsoft YaHei UI", "PingFang SC", "Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC",
    "Microsoft YaHei", "WenQuanYi Micro Hei",
)  # fmt: skip


class Theme(QObject):
    """Tells when the colours changed; what paints itself from `tone` needs only a repaint, which Qt does anyway."""

    changed = Signal()


@dataclass
class _Now:
    dark: bool = False


signal = Theme()
_now = _Now()
_colours = {dark: {name: QColor(value) for name, value in (DARK if dark else LIGHT).items()} for dark in (False, True)}


def is_dark() -> bool:
    """Whether the dark palette is shown."""
    return _now.dark


def tone(name: Tone) -> QColor:
    """The colour of a meaning in the palette shown; shared, so not to be changed."""
    return _colours[_now.dark][name]


def contrast(one: QColor, other: QColor) -> float:
    """How well one colour reads on the other, 1 to 21, by WCAG 2.2 (relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable(colour: QColor | str, ground: QColor | None = None) -> QColor:
    """A colour people chose (a tier's), made just dark or light enough to read (4.5 : 1) on the ground, hue kept."""
    return _readable(QColor(colour).name() if QColor(colour).isValid() else "", (ground or tone("surface")).name())


@cache
def _readable(colour: str, ground: str) -> QColor:
    if not colour:
        return tone("muted")
    result, below = QColor(colour), QColor(ground)
    step = 0.03 if _luminance(below) < 0.2 else -0.03
    while contrast(result, below) < 4.5 and 0.0 < (lightness := result.lightnessF() + step) < 1.0:
        result = QColor.fromHslF(max(result.hslHueF(), 0.0), result.hslSaturationF(), lightness)
    return result


def mixed(colour: QColor, ground: QColor, share: float) -> QColor:
    """`share` (0 to 1) of the colour over the ground: the tint behind a badge."""
    return QColor.fromRgbF(*(share * a + (1 - share) * b for a, b in zip(_rgb(colour), _rgb(ground), strict=True)))


def start(app: QApplication) -> None:
    """Dress the program: Fusion, our font, the colours this computer's user chose; follows the system from now on."""
    app.setStyle("Fusion")
    app.setFont(base_font())
    app.styleHints().colorSchemeChanged.connect(lambda _scheme: _show(preferences.THEME.get()))
    choose(preferences.THEME.get())


def choose(choice: str) -> None:
    """Show `system`, `light` or `dark` from now on, and remember it."""
    preferences.THEME.set(choice)
    schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
    # title bars and native dialogs; does nothing where the platform has no notion of it
    QGuiApplication.styleHints().setColorScheme(schemes.get(choice, Qt.ColorScheme.Unknown))
    _show(choice)


def base_font() -> QFont:
    """The system's Chinese font, or our Noto Sans SC where there is none (measured: 3 ms); 9 pt, 10 on Linux."""
    present = set(QFontDatabase.families())
    families = [name for name in CHINESE_FONTS if name in present]
    if not families and not QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
        number = QFontDatabase.addApplicationFont(str(resource("fonts", "NotoSansSC-Regular.ttf")))
        QFontDatabase.addApplicationFont(str(resource("fonts", "NotoSansSC-Bold.ttf")))
        families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    font = QApplication.font()
    if families:
        font.setFamilies(families)
    font.setPointSizeF(10 if font.pointSizeF() >= 9.75 else 9)
    return font


def title_font(points: float = 14) -> QFont:
    """The font of titles (14 pt) and figures (20 pt), semibold."""
    font = QApplication.font()
    font.setPointSizeF(points)
    font.setWeight(QFont.Weight.DemiBold)
    return font


def _show(choice: str) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    system_dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    _now.dark = choice == "dark" or (choice not in ("light", "dark") and system_dark)
    app.setPalette(_palette())
    app.setStyleSheet(_style_sheet())
    signal.changed.emit()


def _palette() -> QPalette:
    role = QPalette.ColorRole
    parts: dict[QPalette.ColorRole, Tone] = {
        role.Window: "window", role.WindowText: "text", role.Base: "surface", role.AlternateBase: "window",
        role.Text: "text", role.Button: "surface", role.ButtonText: "text", role.BrightText: "overdue",
        role.ToolTipBase: "surface", role.ToolTipText: "text", role.PlaceholderText: "muted", role.Link: "accent",
        role.LinkVisited: "accent", role.Highlight: "accent", role.HighlightedText: "on_accent",
        role.Accent: "accent", role.Light: "surface", role.Midlight: "line", role.Mid: "line", role.Dark: "edge",
    }  # fmt: skip
    palette = QPalette()
    for part, name in parts.items():
        palette.setColor(part, tone(name))
    palette.setColor(role.Shadow, QColor("#000000") if _now.dark else QColor("#8A919C"))
    for part in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, part, mixed(tone("muted"), tone("window"), 0.6))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, tone("line"))
    return palette


def _style_sheet() -> str:
    colours: dict[str, str] = {name: tone(name).name() for name in LIGHT}
    colours["pressed"] = mixed(tone("text"), tone("surface"), 0.1).name()
    colours["accent_hover"] = mixed(tone("text"), tone("accent"), 0.12).name()
    ground = "dark" if _now.dark else "light"
    for arrow in ("arrow_down", "arrow_up"):
        # a style sheet takes its pictures from files, and these know no palette
        colours[arrow] = resource("arrows", f"{arrow.replace('_', '-')}-{ground}.svg").as_posix()
    return STYLE.substitute(colours)


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property the style sheet looks at (`primary`, `wrong`, `tone`) and have it painted at once."""
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def _rgb(colour: QColor) -> tuple[float, float, float]:
    return colour.redF(), colour.greenF(), colour.blueF()


def _luminance(colour: QColor) -> float:
    parts = (part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4) for part in _rgb(colour))
    return sum(part * weight for part, weight in zip(parts, (0.2126, 0.7152, 0.0722), strict=True))


def icon(name: str, role: Tone = "text") -> QIcon:
    """The outline icon `resources/icons/<name>.svg` in the colour of a meaning; recolours itself with the theme.

    An icon that is not there is invisible and does no harm; a test lists the missing ones.
    """
    return QIcon(_Outline(name, role))


def pixmap(name: str, size: int = 18, role: Tone = "text", ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of `size` device independent pixels for a screen of that device pixel ratio."""
    return _drawn(name, round(size * ratio), ratio, tone(role).name())


@cache
def _svg(name: str) -> str:
    path = resource("icons", f"{name}.svg")
    return path.read_text(encoding="utf-8") if path.exists() else ""


@cache
def _drawn(name: str, pixels: int, ratio: float, colour: str) -> QPixmap:
    picture = QPixmap(max(pixels, 0), max(pixels, 0))
    picture.fill(Qt.GlobalColor.transparent)
    if pixels > 0 and (svg := _svg(name)):  # a button on its way in or out has no room for its icon
        painter = QPainter(picture)
        QSvgRenderer(svg.replace("currentColor", colour).encode()).render(painter, QRectF(0, 0, pixels, pixels))
        painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


# QIcon owns a clone in C++ but not its Python half; letting go of that half crashes
_clones: list["_Outline"] = []


class _Outline(QIconEngine):
    """Draws the icon at exactly the pixels asked for, in the colour of the palette at that moment."""

    def __init__(self, name: str, role: Tone) -> None:
        super().__init__()
        self._name = name
        self._role = role

    @override
    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        # Qt 6.8 and 6.11 differ in whether the size is scaled already; too many pixels do no harm
        colour = tone("edge") if mode == QIcon.Mode.Disabled else tone(self._role)
        return _drawn(self._name, round(min(size.width(), size.height()) * scale), scale, colour.name())

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(rect, self.scaledPixmap(rect.size(), mode, state, ratio))

    @override
    def clone(self) -> QIconEngine:
        _clones.append(_Outline(self._name, self._role))
        return _clones[-1]
