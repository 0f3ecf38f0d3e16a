#include "ui/widgets/CheckLines.h"

#include "ui/support/Space.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/StateDot.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace warder {

CheckLines::CheckLines(QWidget *parent) : QWidget(parent), m_lines(new QVBoxLayout(this))
{
    m_lines->setContentsMargins(0, 0, 0, 0);
    m_lines->setSpacing(Space::small);
    m_lines->addStretch(); // below all
}

void CheckLines::add(Tone tone, const QString &subject, const QString &text)
{
    auto *row = new QWidget(this);
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(Space::small);
    auto *dot = new StateDot(row);
    dot->setTone(tone);
    line->addLayout(besideFirstLine(dot));
    auto *words = new QVBoxLayout;
    words->setSpacing(Space::narrow);
    words->addWidget(headingLabel(subject, row));
    QLabel *said = textLabel(text, row);
    said->setTextInteractionFlags(Qt::TextSelectableByMouse);
    words->addWidget(said);
    line->addLayout(words, 1);
    m_lines->insertWidget(m_lines->count() - 1, row);
}

void CheckLines::clear()
{
    while (m_lines->count() > 1) {
        const QLayoutItem *first = m_lines->takeAt(0); // out of the layout first: it drops an item whose widget goes by itself
        delete first->widget();
        delete first;
    }
}

} // namespace warder
