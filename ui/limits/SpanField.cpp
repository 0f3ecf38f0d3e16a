#include "ui/limits/SpanField.h"

#include "ui/widgets/FormField.h"

#include <QComboBox>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qint64 mostTyped = 1'000'000'000; ///< What is more cannot be meant; the server has its own bounds.

qint64 greatestUnitOf(qint64 seconds)
{
    for (const qint64 unit : {86'400, 3'600, 60}) {
        if (seconds > 0 && seconds % unit == 0)
            return unit;
    }
    return 1;
}

} // namespace

SpanField::SpanField(FormField &field, Seconds span) : m_field(field), m_unit(new QComboBox(&field))
{
    //: Unit of time beside a number.
    m_unit->addItem(tr("seconds"), 1);
    //: Unit of time beside a number.
    m_unit->addItem(tr("minutes"), 60);
    //: Unit of time beside a number.
    m_unit->addItem(tr("hours"), 3'600);
    //: Unit of time beside a number.
    m_unit->addItem(tr("days"), 86'400);
    m_unit->setObjectName(field.edit().objectName() + u"Unit"_s);
    //: Name of a choice beside a number, for screen readers: seconds, minutes …
    m_unit->setAccessibleName(tr("Unit of time"));
    const qint64 unit = greatestUnitOf(span.count());
    m_unit->setCurrentIndex(m_unit->findData(int(unit)));
    field.edit().setText(QString::number(span.count() / unit));
    field.addBeside(m_unit);
}

std::optional<Seconds> SpanField::span() const
{
    const auto number = wholeNumberIn(m_field);
    return number ? std::optional(Seconds {*number * m_unit->currentData().toInt()}) : std::nullopt;
}

std::optional<qint64> wholeNumberIn(FormField &field)
{
    bool isNumber = false;
    const qint64 number = field.text().trimmed().toLongLong(&isNumber);
    if (isNumber && number >= 0 && number <= mostTyped)
        return number;
    //: Below a field of a form.
    field.setFault(SpanField::tr("A whole number is needed, such as 10."));
    return std::nullopt;
}

} // namespace warder
