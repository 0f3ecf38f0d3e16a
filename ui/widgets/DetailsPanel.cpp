#include "ui/widgets/DetailsPanel.h"

#include "ui/support/LayoutKeeper.h"
#include "ui/support/LayoutPause.h"
#include "ui/support/Space.h"
#include "ui/support/SpokenRole.h"
#include "ui/support/Type.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/FocusRing.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Panel.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {

namespace {

constexpr int longestWord = 37; // an id goes whole
constexpr int linesOfFact = 3;  // name, value, remark
constexpr int gap = 6;          // below a fact
constexpr int margin = 16;      // at the sides

/// Told again each second: nothing moves, and what the person is just marking stays marked.
void setLine(QLabel *line, const QString &text)
{
    line->setVisible(!text.isEmpty());
    if (line->text() != text)
        line->setText(text);
}

} // namespace

DetailsPanel::DetailsPanel(const QString &name, const QString &hint, QWidget *parent)
    : QScrollArea(parent), m_title(headingLabel({}, this)), m_hintLabel(quietLabel(hint, this)), m_remark(textLabel({}, this)),
      m_lines(new QVBoxLayout)
{
    setSpokenRole(this, QAccessible::Grouping);
    setAccessibleName(name);
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    const QString longest = u"00000000-0000-0000-0000-000000000000 "_s;
    setMinimumWidth(qMax(fontMetrics().horizontalAdvance(longest), QFontMetrics(fixedWidth(font())).horizontalAdvance(longest)) + 36);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false);
    auto *inside = new warder::Panel; // QFrame has a Panel of its own
    auto *all = inside->body();
    all->setContentsMargins(margin, 14, margin, 14);
    all->setSpacing(Space::small);
    m_title->setWordWrap(true);
    m_lines->setContentsMargins(0, 0, 0, 0);
    m_lines->setSpacing(Space::narrow);
    m_hintLabel->setAlignment(Qt::AlignCenter);
    all->addWidget(m_title);
    all->addWidget(m_remark);
    all->addLayout(m_lines); // no widget around it: that one would keep the height that it had before a scroll bar came
    all->addWidget(m_hintLabel, 1);
    all->addStretch();
    setWidget(inside);
    new LayoutKeeper(this);
    new FocusRing(this);
    addCopying();
    inside->setAutoFillBackground(false);
    presentNothing();
}

void DetailsPanel::addCopying()
{
    setContextMenuPolicy(Qt::ActionsContextMenu);
    //: Menu item: copies what is known of the selected row of a table.
    auto *copy = new QAction(tr("&Copy details"), this);
    copy->setShortcuts(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    addAction(copy);
    connect(copy, &QAction::triggered, this, [this] {
        if (m_title->isHidden())
            return;
        QStringList lines {m_title->text()};
        for (qsizetype place = 0; place < m_lines->count(); ++place)
            lines += lineAt(place)->text();
        lines.removeAll(QString());
        QGuiApplication::clipboard()->setText(lines.join(u'\n').remove(u'\u200B'));
    });
}

void DetailsPanel::presentNothing()
{
    const LayoutPause pause({widget()});
    m_title->hide();
    m_remark->hide();
    fill({});
    m_hintLabel->show();
}

void DetailsPanel::present(const QString &title, const QList<Fact> &facts, Tone tone, const QString &remark)
{
    const LayoutPause pause({widget()});
    m_title->setText(UiTexts::breakable(UiTexts::plain(title).replace(u'@', u"@\u200B"_s), longestWord / 2));
    m_title->show();
    m_remark->setText(remark);
    m_remark->setVisible(!remark.isEmpty());
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, tone == Tone::Neutral ? colours.color(QPalette::WindowText) : colourOf(tone, colours));
    m_remark->setPalette(colours);
    fill(facts);
    m_hintLabel->hide();
}

QLabel *DetailsPanel::lineAt(qsizetype place) const { return qobject_cast<QLabel *>(m_lines->itemAt(int(place))->widget()); }

/// Whole where it fits into the narrowest panel, as an id does.
QString DetailsPanel::breakable(const QString &value, const QFont &inFont) const
{
    const bool fits = QFontMetrics(inFont).horizontalAdvance(value) < minimumWidth() - 2 * margin;
    return fits ? value : UiTexts::breakable(value, longestWord / 2);
}

void DetailsPanel::addLines()
{
    m_lines->addWidget(quietLabel({}, widget())); // made in this order, in which screen readers go through them
    auto *value = textLabel({}, widget());
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_lines->addWidget(value);
    auto *remark = quietLabel({}, widget());
    remark->setContentsMargins(0, 0, 0, gap);
    m_lines->addWidget(remark);
}

void DetailsPanel::fill(const QList<Fact> &facts)
{
    while (m_lines->count() > facts.size() * linesOfFact) {
        const std::unique_ptr<QLayoutItem> last(m_lines->takeAt(m_lines->count() - 1));
        delete last->widget();
    }
    while (m_lines->count() < facts.size() * linesOfFact)
        addLines();
    for (qsizetype i = 0; i < facts.size(); ++i) {
        const Fact &fact = facts[i];
        setLine(lineAt(i * linesOfFact), fact.name);
        QLabel *value = lineAt(i * linesOfFact + 1);
        const QFont inFont = fact.isFixedWidth ? fixedWidth(font()) : font();
        value->setFont(fact.isFixedWidth ? inFont : QFont());
        setLine(value, breakable(UiTexts::plain(fact.value), inFont));
        value->setContentsMargins(0, 0, 0, fact.remark.isEmpty() ? gap : 0);
        QLabel *remark = lineAt(i * linesOfFact + 2);
        setLine(remark, fact.remark);
        remark->setToolTip(fact.tip);
    }
}

} // namespace warder
