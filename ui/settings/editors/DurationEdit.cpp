#include "ui/settings/editors/DurationEdit.h"

#include "ui/support/Space.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int lengthOfSpan = 8; // characters

bool isAllDigits(const QString &text)
{
    return !text.isEmpty() && std::ranges::all_of(text, [](QChar c) { return c >= u'0' && c <= u'9'; });
}

} // namespace

DurationEdit::DurationEdit(QWidget *parent) : SettingEditor(parent), m_number(new QLineEdit(this)), m_unit(new QComboBox(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Space::narrow);
    m_number->setFixedWidth(m_number->fontMetrics().averageCharWidth() * lengthOfSpan);
    row->addWidget(m_number);
    addUnits();
    row->addWidget(m_unit);
    row->addStretch();
    setMain(m_number);
    leaveWheelAlone(m_unit);
    connect(m_number, &QLineEdit::textEdited, this, &DurationEdit::edited);
    connect(m_number, &QLineEdit::editingFinished, this, &DurationEdit::takeUnit);
    connect(m_unit, &QComboBox::activated, this, &DurationEdit::edited);
}

void DurationEdit::addUnits()
{
    //: Unit of time beside a number.
    m_unit->addItem(tr("seconds"), u"s"_s);
    //: Unit of time beside a number.
    m_unit->addItem(tr("minutes"), u"m"_s);
    //: Unit of time beside a number.
    m_unit->addItem(tr("hours"), u"h"_s);
    //: Unit of time beside a number.
    m_unit->addItem(tr("days"), u"d"_s);
    //: Name of a choice beside a number, for screen readers: seconds, minutes …
    m_unit->setAccessibleName(tr("Unit of time"));
}

WrittenDuration DurationEdit::shown() const
{
    const QString unit = m_unit->currentData().toString();
    return {.number = m_number->text().trimmed(), .unit = unit.isEmpty() ? QChar() : unit.front()};
}

void DurationEdit::showUnit(QChar unit) { m_unit->setCurrentIndex(m_unit->findData(QString(unit))); }

QString DurationEdit::text() const
{
    const WrittenDuration now = shown();
    if (WrittenDuration::of(m_given) == now)
        return m_given;
    return isAllDigits(now.number) ? now.number + now.unit : now.number;
}

void DurationEdit::setText(const QString &text)
{
    m_given = text;
    const auto written = WrittenDuration::of(text);
    m_number->setText(written ? written->number : text);
    showUnit(written ? written->unit : QChar(u's'));
}

void DurationEdit::takeUnit()
{
    const QString typed = m_number->text().trimmed();
    const auto written = WrittenDuration::of(typed);
    if (!written || isAllDigits(typed))
        return;
    m_number->setText(written->number);
    showUnit(written->unit);
}

} // namespace warder
