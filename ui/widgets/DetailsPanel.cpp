#include "ui/widgets/DetailsPanel.h"

#include "ui/support/UiTexts.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Panel.h"

#include <QFormLayout>
#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace warder {

namespace {

constexpr int longestWord = 37; // an id goes whole

} // namespace

DetailsPanel::DetailsPanel(const QString &name, const QString &hint, QWidget *parent)
    : QScrollArea(parent), m_title(headingLabel({}, this)), m_hintLabel(quietLabel(hint, this)), m_remark(textLabel({}, this)),
      m_facts(new QWidget(this)), m_form(new QFormLayout(m_facts))
{
    setAccessibleName(name);
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setMinimumWidth(fontMetrics().horizontalAdvance(u"00000000-0000-0000-0000-000000000000 "_s) + 36);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false);
    auto *inside = new warder::Panel; // QFrame has a Panel of its own
    auto *all = inside->body();
    all->setContentsMargins(16, 14, 16, 14);
    all->setSpacing(10);
    m_title->setWordWrap(true);
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    m_form->setVerticalSpacing(2);
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

void DetailsPanel::fill(const QList<Fact> &facts)
{
    // Labels are reused, so that an update each second neither flickers nor drops what the person is just marking.
    while (m_form->rowCount() > facts.size() * 2)
        m_form->removeRow(m_form->rowCount() - 1);
    for (int row = 0; row < facts.size() * 2; ++row) {
        if (row == m_form->rowCount()) {
            auto *label = row % 2 ? textLabel({}, m_facts) : quietLabel({}, m_facts);
            if (row % 2) {
                label->setTextInteractionFlags(Qt::TextSelectableByMouse);
                label->setContentsMargins(0, 0, 0, 6);
            }
            m_form->addRow(label);
        }
        auto *label = qobject_cast<QLabel *>(m_form->itemAt(row, QFormLayout::SpanningRole)->widget());
        const QString text = row % 2 ? UiTexts::breakable(UiTexts::plain(facts[row / 2].value), longestWord) : facts[row / 2].name;
        if (label->text() != text)
            label->setText(text);
    }
}

} // namespace warder
