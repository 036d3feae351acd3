"""The style sheet: spacing, radius and states Fusion does not know; every colour is a hole filled by `ui.theme`."""

from string import Template

# Lists paint their own rows: a style sheet rule on ::item would halve their speed.
STYLE = Template("""
QToolTip { background: $surface; color: $text; border: 1px solid $edge; padding: 4px 6px; }

QPushButton, QToolButton[button="true"] {
    background: $surface; color: $text; border: 1px solid $edge; border-radius: 6px; padding: 5px 12px;
    min-height: 18px; }
QPushButton:hover, QToolButton[button="true"]:hover { background: $hover; }
QPushButton:pressed, QToolButton[button="true"]:pressed { background: $pressed; }
QPushButton:focus, QToolButton:focus { border: 1px solid $accent; }
QPushButton:disabled { color: $edge; border-color: $line; }
QPushButton[primary="true"] { background: $accent; color: $on_accent; border-color: $accent; font-weight: 600; }
QPushButton[primary="true"]:hover { background: $accent_hover; }
QPushButton[primary="true"]:focus { border: 2px solid $text; padding: 4px 11px; }
QPushButton[primary="true"]:disabled { background: $line; color: $muted; border-color: $line; }
QPushButton[flat="true"], QPushButton[link="true"] { background: transparent; border: 1px solid transparent; }
QPushButton[link="true"] { color: $accent; padding: 3px 6px; font-weight: 600; }
QPushButton[flat="true"]:hover, QPushButton[link="true"]:hover { background: $hover; }
QPushButton[flat="true"]:focus, QPushButton[link="true"]:focus { border: 1px solid $accent; border-radius: 6px; }
QToolButton { border: 1px solid transparent; border-radius: 6px; padding: 4px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $selected; }
QToolButton::menu-indicator { image: none; }

QLineEdit, QPlainTextEdit, QTextEdit {
    background: $surface; color: $text; border: 1px solid $edge; border-radius: 6px; padding: 4px 7px;
    selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit { min-height: 18px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $accent; padding: 3px 6px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QLineEdit:read-only { background: $window; color: $muted; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] { border: 2px solid $overdue; padding: 3px 6px; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit { border: none; padding: 0 0 0 2px; background: transparent; }

QComboBox, QAbstractSpinBox { background: $surface; color: $text; border: 1px solid $edge; border-radius: 6px;
    padding: 4px 8px; min-height: 18px; selection-background-color: $accent; selection-color: $on_accent; }
QComboBox:focus, QAbstractSpinBox:focus { border: 1px solid $accent; }
QComboBox:disabled, QAbstractSpinBox:disabled { background: $window; color: $muted; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url($arrow_down); width: 14px; height: 14px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; background: transparent; width: 20px; }
QAbstractSpinBox::up-arrow { image: url($arrow_up); width: 11px; height: 11px; }
QAbstractSpinBox::down-arrow { image: url($arrow_down); width: 11px; height: 11px; }

QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: $muted; padding: 8px 14px; border: none;
    border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; font-weight: 600; border-bottom: 2px solid $accent; }
QTabBar::tab:focus { color: $accent; border-bottom: 2px solid $accent; }

QTableView, QListView { background: $surface; border: 1px solid $line; border-radius: 6px; outline: none;
    gridline-color: $line; }
QTableView:focus, QListView:focus { border: 1px solid $accent; }
QHeaderView { background: $surface; border: none; }
QHeaderView::section { background: $surface; color: $muted; border: none; border-bottom: 1px solid $line;
    padding: 6px 8px; }
QHeaderView::section:hover { background: $hover; color: $text; }
QAbstractScrollArea::corner { background: transparent; border: none; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QSplitter::handle { background: $line; }
QSplitter::handle:hover { background: $accent; }
QMenu { background: $surface; border: 1px solid $edge; padding: 4px; }
QMenu::item { padding: 6px 28px 6px 28px; border-radius: 4px; }
QMenu::item:selected { background: $selected; color: $text; }
QMenu::item:disabled { color: $edge; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenu::icon { left: 8px; }
QProgressBar { background: $line; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QFrame[tile="true"]:hover { background: $hover; }
QFrame[tile="true"]:focus { border: 1px solid $accent; }
QToolButton[filter="true"] { background: transparent; color: $text; border: 1px solid $line; border-radius: 6px;
    padding: 2px 6px; }
QToolButton[filter="true"]:hover { background: $hover; }
QToolButton[filter="true"][active="true"] { background: $selected; border-color: $accent; }
QFrame[card="true"] { background: $surface; border: 1px solid $line; border-radius: 6px; }
QFrame[popup="true"] { background: $surface; border: 1px solid $edge; border-radius: 6px; }
MessageBar { background: $surface; border-top: 1px solid $line; }
QLabel[tone="muted"] { color: $muted; }
QLabel[tone="accent"] { color: $accent; }
QLabel[tone="overdue"] { color: $overdue; }
QLabel[tone="due"] { color: $due; }
QLabel[tone="good"] { color: $good; }
""")
