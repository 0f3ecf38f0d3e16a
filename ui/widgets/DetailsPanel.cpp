#include "ui/widgets/DetailsPanel.h"

#include "ui/support/UiTexts.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Panel.h"

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
      m_facts(new QWidget(this)), m_lines(new QVBoxLayout(m_facts))
{
    setAccessibleName(name);
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setMinimumWidth(fontMetrics().horizontalAdvance(u"00000000-0000-0000-0000-000000000000 "_s) + 36);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false);
    auto *inside = new warder::Panel; // QFrame has a Panel of its own
    auto *all = inside->body();
    all->setContentsMargins(margin, 14, margin, 14);
    all->setSpacing(10);
    m_title->setWordWrap(true);
    m_lines->setContentsMargins(0, 0, 0, 0);
    m_lines->setSpacing(2);
    m_hintLabel->setAlignment(Qt::AlignCenter);
    all->addWidget(m_title);
    all->addWidget(m_remark);
    all->addWidget(m_facts);
    all->addWidget(m_hintLabel, 1);
    all->addStretch();
    setWidget(inside);
    inside->setAutoFillBackground(false);
    presentNothing();
}

void DetailsPanel::presentNothing()
{
    m_title->hide();
    m_remark->hide();
    m_facts->hide();
    m_hintLabel->show();
}

void DetailsPanel::present(const QString &title, const QList<Fact> &facts, Tone tone, const QString &remark)
{
    m_title->setText(UiTexts::breakable(UiTexts::plain(title).replace(u'@', u"@\u200B"_s), longestWord / 2));
    m_title->show();
    m_remark->setText(remark);
    m_remark->setVisible(!remark.isEmpty());
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, tone == Tone::Neutral ? colours.color(QPalette::WindowText) : colourOf(tone, colours));
    m_remark->setPalette(colours);
    fill(facts);
    m_facts->show();
    m_hintLabel->hide();
}

QLabel *DetailsPanel::lineAt(qsizetype place) const { return qobject_cast<QLabel *>(m_lines->itemAt(int(place))->widget()); }

/// Whole where it fits into the narrowest panel, as an id does.
QString DetailsPanel::breakable(const QString &value) const
{
    const bool fits = fontMetrics().horizontalAdvance(value) < minimumWidth() - 2 * margin;
    return fits ? value : UiTexts::breakable(value, longestWord / 2);
}

void DetailsPanel::addLines()
{
    auto *value = textLabel({}, m_facts);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    for (QLabel *line : {quietLabel({}, m_facts), value, quietLabel({}, m_facts)})
        m_lines->addWidget(line);
    lineAt(m_lines->count() - 1)->setContentsMargins(0, 0, 0, gap);
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
        setLine(value, breakable(UiTexts::plain(fact.value)));
        value->setContentsMargins(0, 0, 0, fact.remark.isEmpty() ? gap : 0);
        QLabel *remark = lineAt(i * linesOfFact + 2);
        setLine(remark, fact.remark);
        remark->setToolTip(fact.tip);
    }
}

} // namespace warder
